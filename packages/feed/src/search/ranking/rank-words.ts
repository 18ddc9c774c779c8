import type { Library } from "../library.ts";
import { top } from "./top.ts";

/** Papers in the order of their BM25 scores. */
export interface Ranking {
  /** The first of them, best first. */
  readonly best: readonly number[];
  /** How many have any of the words. */
  readonly total: number;
  readonly all: () => number[];
  readonly has: (slot: number) => boolean;
}

export const nothing: Ranking = { best: [], total: 0, all: () => [], has: () => false };

/** Ranks the allowed papers with any of the words; the best `k` at once, all only when asked. */
export function rankWords(
  library: Library,
  terms: readonly number[],
  k: number,
  allowed: (slot: number) => boolean,
): Ranking {
  const scores = new Float64Array(library.words.slots);
  library.words.score(terms, scores);
  let total = 0;
  for (let slot = 0; slot < scores.length; slot++) {
    if (scores[slot] === 0) continue;
    if (allowed(slot)) total++;
    else scores[slot] = 0;
  }
  const first = (count: number) => top(scores, count, library.earlier);
  return { best: first(k), total, all: () => first(total), has: (slot) => scores[slot]! > 0 };
}
