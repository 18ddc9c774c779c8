import { globSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  type CatalogueEntry,
  type Db,
  importCatalogue,
  inTransaction,
  setClaimStates,
  setRoom,
} from "@daily-kernel/feed/node";
import { type LedgerEntry, parseRecord, type RunRecord } from "@daily-kernel/reproduction";
import { readLedgerEntries } from "@daily-kernel/reproduction/node";
import { claimStatesOf } from "./claim-states.ts";

/** How often to look whether `daily-kernel run --record` or a worker wrote something, in ms. */
const lookEvery = 5_000;

/**
 * The papers that have a room here, with their records: those that are kept in the repository and
 * those that workers measured. Papers and sources are those of the process's start, like the pages
 * that were built from them; records are read again when any came or went.
 */
export class Catalogue {
  readonly #root: string;
  readonly #db: Db;
  #entries: Promise<ReadonlyMap<string, LedgerEntry>> | undefined;
  #records = "";
  /** What the database was last brought up to date with. */
  #published: ReadonlyMap<string, LedgerEntry> | undefined;
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(root: string, db: Db) {
    this.#root = root;
    this.#db = db;
  }

  /** All entries by slug, the latest paper first. */
  async entries(): Promise<ReadonlyMap<string, LedgerEntry>> {
    if (performance.now() - this.#lookedAt > lookEvery) {
      this.#lookedAt = performance.now();
      const records = `${recordFiles(this.#root)}\n${await this.#lastMeasured()}`;
      if (records !== this.#records) this.#entries = undefined;
      this.#records = records;
    }
    if (this.#entries === undefined) {
      const reading = this.#read();
      this.#entries = reading;
      // A half-written record: forget the failure, and read again at the next request.
      reading.catch(() => this.#forget(reading));
    }
    return this.#entries;
  }

  async #read(): Promise<ReadonlyMap<string, LedgerEntry>> {
    const entries = await readLedgerEntries(this.#root);
    const measured = await this.#measured();
    return new Map(
      entries.map((entry) => {
        const records = [...entry.records, ...(measured.get(entry.paper.slug) ?? [])];
        return [entry.paper.slug, { ...entry, records }];
      }),
    );
  }

  /** Which record of the database is the last: while it stays the same, so do they all. */
  async #lastMeasured(): Promise<string> {
    const row = await this.#db
      .selectFrom("records")
      .select("id")
      .orderBy("created_at", "desc")
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirst();
    return row?.id ?? "";
  }

  /** The records of the database, by slug: the last one of each preset, device and machine. */
  async #measured(): Promise<Map<string, RunRecord[]>> {
    const rows = await this.#db
      .selectFrom("records")
      .distinctOn(["slug", "preset", "device", "machine"])
      .select(["slug", "record"])
      .orderBy("slug")
      .orderBy("preset")
      .orderBy("device")
      .orderBy("machine")
      .orderBy("created_at", "desc")
      .execute();
    const bySlug = Map.groupBy(rows, ({ slug }) => slug);
    return new Map([...bySlug].map(([slug, its]) => [slug, its.map((r) => parseRecord(r.record))]));
  }

  #forget(reading: Promise<unknown>): void {
    if (this.#entries === reading) this.#entries = undefined;
  }

  /** Reads the records again at the next call: one was added to the database. */
  changed(): void {
    this.#entries = undefined;
  }

  /**
   * Brings the database up to date with the repository: papers, their day in the feed (that of
   * their submission to arXiv), their rooms, and what holds.
   */
  async publish(now: Date): Promise<void> {
    this.#published = await this.entries();
    const entries = [...this.#published.values()];
    await importCatalogue(this.#db, entries.map(factsOf), { now });
    for (const entry of entries)
      await inTransaction(this.#db, async (trx) => {
        await setRoom(trx, roomOf(entry));
        await setClaimStates(trx, entry.paper.arxiv, claimStatesOf(entry));
      });
  }

  /** The same, if records came or went since. */
  async publishChanges(now: Date): Promise<void> {
    if ((await this.entries()) !== this.#published) await this.publish(now);
  }

  /** Brings what holds of one paper up to date, after a record was added. */
  async publishClaims(slug: string): Promise<void> {
    this.changed();
    const entry = (await this.entries()).get(slug);
    if (entry) await setClaimStates(this.#db, entry.paper.arxiv, claimStatesOf(entry));
  }
}

/** Names and times of all records in the repository: while they stay the same, so do these. */
const recordFiles = (root: string) =>
  globSync("papers/*/records/*.json", { cwd: root })
    .sort()
    .map((file) => `${file} ${statSync(join(root, file)).mtimeMs}`)
    .join("\n");

/** A paper's facts for the importer. The authors' abstract is not ours to keep: arXiv brings it. */
const factsOf = ({ paper }: LedgerEntry): CatalogueEntry => ({
  id: paper.arxiv,
  title: paper.title,
  abstract: paper.summary,
  authors: paper.authors,
  authorCount: paper.authorCount,
  publishedAt: paper.submitted,
});

const roomOf = ({ paper, built }: LedgerEntry) => {
  const github = paper.links.find(({ url }) => /^https:\/\/github\.com\/[^/]+\/[^/]+$/.test(url));
  const page = paper.links.find(({ label }) => /page|site|project/i.test(label));
  return {
    paperId: paper.arxiv,
    slug: paper.slug,
    summary: paper.summary,
    topics: paper.topics,
    runsInBrowser: built,
    ...(github && { githubRepo: github.url }),
    ...(page && { projectPage: page.url }),
  };
};
