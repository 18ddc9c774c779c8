import type { Skipped } from "./record.ts";
import type { Stored } from "./store.ts";

/** What an ingestion did. */
export interface IngestReport {
  readonly source: string;
  /** Whether it went on where an earlier one had ended before its time. */
  readonly resumed: boolean;
  readonly pages: number;
  readonly papers: number;
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  /** How many entered the feed. */
  readonly listed: number;
  /** How many are withdrawn because arXiv deleted their records. */
  readonly deleted: number;
  /** Entries that could not be read, the first hundred, and identifiers that arXiv does not know. */
  readonly skipped: readonly Skipped[];
  readonly missing: readonly string[];
  /** How many papers arXiv says there are; more than `papers` where a limit ended the search. */
  readonly total: number | null;
}

export interface IngestProgress {
  readonly source: string;
  readonly pages: number;
  readonly papers: number;
  /** How many papers there are in all, where arXiv says so. */
  readonly total: number | null;
}

/** Adds up pages while they come. */
export class Tally {
  readonly #report: { -readonly [Key in keyof IngestReport]: IngestReport[Key] };
  readonly #onProgress: ((progress: IngestProgress) => void) | undefined;

  constructor(source: string, onProgress: ((progress: IngestProgress) => void) | undefined) {
    this.#report = {
      source,
      resumed: false,
      pages: 0,
      papers: 0,
      added: 0,
      changed: 0,
      same: 0,
      listed: 0,
      deleted: 0,
      skipped: [],
      missing: [],
      total: null,
    };
    this.#onProgress = onProgress;
  }

  get report(): IngestReport {
    return { ...this.#report };
  }

  resumed(): void {
    this.#report.resumed = true;
  }

  page(
    stored: Stored,
    others: { deleted?: number; skipped: readonly Skipped[]; missing?: readonly string[] },
    total: number | null,
  ): void {
    const report = this.#report;
    report.pages++;
    report.papers += stored.added + stored.changed + stored.same;
    for (const key of ["added", "changed", "same", "listed"] as const) report[key] += stored[key];
    report.deleted += others.deleted ?? 0;
    report.total = total;
    report.skipped = [...report.skipped, ...others.skipped].slice(0, 100);
    report.missing = [...report.missing, ...(others.missing ?? [])];
    const { source, pages, papers } = report;
    this.#onProgress?.({ source, pages, papers, total });
  }
}
