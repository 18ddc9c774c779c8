import type { Facets } from "./filters.ts";

/** What the index wants to know of a paper. */
export interface IndexedPaper extends Facets {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly string[];
  /** True for a paper that is known but in no feed: found by its id, never ranked. */
  readonly unlisted?: boolean | undefined;
}

export const sameText = (a: IndexedPaper, b: IndexedPaper) =>
  a.title === b.title &&
  a.abstract === b.abstract &&
  a.authors.length === b.authors.length &&
  a.authors.every((author, i) => author === b.authors[i]);
