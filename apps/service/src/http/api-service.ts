import type { Mailer } from "@daily-kernel/feed";
import type {
  Database,
  Db,
  LimitName,
  RateLimiter,
  SubmissionRules,
} from "@daily-kernel/feed/node";
import type { Config } from "../config.ts";
import type { Logger } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { Runs } from "../runs/runs.ts";
import type { OpenStreams } from "./open-streams.ts";

/** What the API needs of the running service. */
export interface ApiService {
  readonly config: Pick<Config, "baseUrl">;
  readonly database: Database;
  readonly db: Db;
  readonly search: PaperSearch;
  readonly mailer: Pick<Mailer, "send">;
  readonly runs: Pick<Runs, "request" | "get" | "list" | "cancel" | "follow">;
  readonly log: Pick<Logger, "error">;
  readonly metrics: Pick<Metrics, "registry" | "readings">;
  readonly streams: OpenStreams;
  readonly limiter: RateLimiter<LimitName>;
  /** What may be submitted; `submissionRules` if left out. */
  readonly submissions?: SubmissionRules;
  /** Asks arXiv for a paper and keeps what it says; left out where arXiv is not asked. */
  readonly indexPaper?: (id: string) => Promise<unknown>;
  now(): Date;
}

/** The two questions that the API asks the search. */
interface PaperSearch {
  query(question: {
    q: string;
    filters?: { from?: string; to?: string; topic?: string };
    limit: number;
    offset: number;
  }): Promise<{ hits: readonly { id: string }[] }>;
  similar(paperId: string, limit: number): Promise<readonly { id: string }[]>;
}
