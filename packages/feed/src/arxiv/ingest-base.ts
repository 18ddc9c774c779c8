import type { IngestProgress } from "./report.ts";

/** What every way of ingestion takes. */
export interface IngestBase {
  readonly now: Date;
  /** Whether what is new enters the feed (no). */
  readonly list?: boolean;
  /** Only papers with such a category, primary or not, enter it. */
  readonly categories?: readonly string[];
  /** Ends the ingestion between two requests; the next call goes on. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: IngestProgress) => void;
}
