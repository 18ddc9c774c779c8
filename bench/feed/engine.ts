import { type IndexedPaper, stopWords } from "@daily-kernel/feed";

/** A search engine with the papers in it. */
export interface Engine {
  readonly name: string;
  /** The ids of the best `k`, best first. */
  search(query: string, k: number): Promise<readonly string[]> | readonly string[];
  close?(): Promise<void> | void;
}

/** Milliseconds that it took to get something ready. */
export interface Ready<T> {
  readonly value: T;
  readonly seconds: number;
}

export async function timed<T>(work: () => T | Promise<T>): Promise<Ready<T>> {
  const begin = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - begin) / 1000 };
}

/** The words that engines without a stop list of their own are asked for, once each. */
export const tellingWords = (query: string): string[] => [
  ...new Set(
    (query.toLowerCase().match(/[a-z0-9]+/g) ?? []).filter((word) => !stopWords.has(word)),
  ),
];

/** Makes an engine of papers. */
export type Build = (papers: readonly IndexedPaper[]) => Promise<Engine>;
