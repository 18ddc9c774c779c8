import type { Cell } from "./strip.ts";

/** What the feed shows of a paper. */
export interface FeedItem {
  /** The arXiv id. */
  readonly id: string;
  readonly slug: string | null;
  /** Where its page is: by slug where it has a room, by arXiv id otherwise. */
  readonly href: string;
  readonly title: string;
  /** The title with its mathematics set. */
  readonly titleHtml: string;
  readonly language: string;
  /** Its opening words. */
  readonly summaryHtml: string;
  readonly authors: readonly string[];
  readonly authorCount: number;
  readonly topics: readonly string[];
  readonly day: string;
  readonly cells: readonly Cell[];
  /** The strip in words. */
  readonly tally: string;
  readonly runs: boolean;
  readonly withdrawn: boolean;
  readonly votes: number;
  readonly voted: boolean;
  readonly comments: number;
}

/** Where a paper's row stands in a page of the feed. */
export const rowId = (id: string): string => `p-${id.replaceAll(/[^\w.-]/g, "-")}`;

/** A paper's address; an old id keeps its slash. */
export const paperHref = ({
  id,
  slug,
}: {
  readonly id: string;
  readonly slug: string | null;
}): string => `/papers/${slug ?? id}`;
