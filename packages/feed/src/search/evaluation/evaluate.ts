import {
  averagePrecision,
  type Gains,
  normalizedGain,
  recall,
  reciprocalRank,
} from "./measures.ts";

/** The usual measures of ranked lists, for every query in the order of the judgements. */
export interface Evaluation {
  readonly "nDCG@10": readonly number[];
  readonly MAP: readonly number[];
  readonly "MRR@10": readonly number[];
  readonly "recall@100": readonly number[];
}

export type Measure = keyof Evaluation;

/** A query's text and what is relevant to it. */
export interface JudgedQuery {
  readonly text: string;
  readonly gains: Gains;
}

/** Judges what `rank` gives for every query; lists should have 1,000 ids or all there are. */
export function evaluate(
  queries: readonly JudgedQuery[],
  rank: (query: JudgedQuery, index: number) => readonly string[],
): Evaluation {
  const lists = queries.map(rank);
  const each = (measure: (ranked: readonly string[], gains: Gains) => number) =>
    queries.map(({ gains }, i) => measure(lists[i]!, gains));
  return {
    "nDCG@10": each((ranked, gains) => normalizedGain(ranked, gains, 10)),
    MAP: each(averagePrecision),
    "MRR@10": each((ranked, gains) => reciprocalRank(ranked, gains, 10)),
    "recall@100": each((ranked, gains) => recall(ranked, gains, 100)),
  };
}

/** The arithmetic mean; 0 of nothing. */
export const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
