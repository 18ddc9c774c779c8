import { occurrences } from "../text/occurrences.ts";
import { randomizedSvd } from "./randomized-svd.ts";
import type { SparseMatrix } from "./sparse-matrix.ts";
import { type WeighedText, weigh } from "./weigh.ts";

/** Dimensions that the card of the service and much of the literature take. */
const LSA_DIMENSION = 256;
/** Texts that are looked at; more make the factors no better, only later. */
const MOST_TEXTS = 8192;
/** A word of a single text relates to no other. */
const LEAST_TEXTS = 2;

/** What latent semantic analysis found: words, and where each stands. */
export interface LsaFactors {
  readonly dimension: number;
  /** The numbers of the words. */
  readonly terms: Uint32Array;
  /** Their inverse document frequencies. */
  readonly idf: Float64Array;
  /** A row of `dimension` numbers a word. */
  readonly vectors: Float32Array;
}

/** Of more than 8,192 every so-manieth. */
export function sampleForLsa<T>(all: readonly T[]): T[] {
  const step = Math.max(1, all.length / MOST_TEXTS);
  return Array.from(
    { length: Math.floor(all.length / step) },
    (_, i) => all[Math.floor(i * step)]!,
  );
}

/**
 * Latent semantic analysis (Deerwester et al. 1990): texts, as word numbers, become TF-IDF vectors,
 * (1 + ln tf) (1 + ln((1 + N) / (1 + df))), scaled to length 1; their first right singular vectors
 * are the factors. Nothing where no word is in two texts. Seconds of 8,192 texts.
 */
export function fitLsa(texts: readonly ArrayLike<number>[]): LsaFactors | undefined {
  const counted = texts.map(occurrences);
  const frequencies = new Map<number, number>();
  for (const counts of counted) {
    for (const term of counts.keys()) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
  }
  const known = [...frequencies].filter(([, frequency]) => frequency >= LEAST_TEXTS);
  if (known.length === 0) return undefined;
  const columns = new Map(known.map(([term], column) => [term, column]));
  const idf = Float64Array.from(
    known,
    ([, frequency]) => 1 + Math.log((1 + texts.length) / (1 + frequency)),
  );
  const rows = counted.map((counts) => weigh(counts, (term) => columns.get(term) ?? -1, idf));
  const { vectors } = randomizedSvd(compress(rows, known.length), LSA_DIMENSION, 1);
  return {
    dimension: vectors.cols,
    terms: Uint32Array.from(known, ([term]) => term),
    idf,
    vectors: Float32Array.from(vectors.data),
  };
}

function compress(rows: readonly WeighedText[], cols: number): SparseMatrix {
  const starts = new Uint32Array(rows.length + 1);
  rows.forEach((row, i) => {
    starts[i + 1] = starts[i]! + row.columns.length;
  });
  return {
    rows: rows.length,
    cols,
    starts,
    columns: Uint32Array.from(rows.flatMap((row) => row.columns)),
    values: Float64Array.from(rows.flatMap((row) => row.values)),
  };
}
