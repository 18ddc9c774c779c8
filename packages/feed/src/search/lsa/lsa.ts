import { randomizedSvd } from "./randomized-svd.ts";
import type { SparseMatrix } from "./sparse-matrix.ts";

/** Dimensions that the card of the service and much of the literature take. */
const LSA_DIMENSION = 256;
/** Texts that are looked at; more make the factors no better, only later. */
const MOST_TEXTS = 8192;
/** A word of a single text relates to no other. */
const LEAST_TEXTS = 2;

/**
 * Latent semantic analysis (Deerwester et al. 1990): texts as TF-IDF vectors, (1 + ln tf)
 * (1 + ln((1 + N) / (1 + df))), scaled to length 1, projected on the first right singular vectors.
 * It knows which words of this collection keep company; it is no language model.
 */
export class Lsa {
  readonly dimension: number;
  /** The row of a word in the factors. */
  readonly #columns: ReadonlyMap<number, number>;
  readonly #idf: Float64Array;
  readonly #vectors: Float64Array;

  private constructor(
    columns: ReadonlyMap<number, number>,
    idf: Float64Array,
    texts: SparseMatrix,
  ) {
    const { vectors } = randomizedSvd(texts, LSA_DIMENSION, 1);
    this.#columns = columns;
    this.#idf = idf;
    this.dimension = vectors.cols;
    this.#vectors = vectors.data;
  }

  /** From texts as word numbers; of more than 8,192 every so-manieth. Nothing from no words. */
  static fit(texts: readonly ArrayLike<number>[]): Lsa | undefined {
    const step = Math.max(1, texts.length / MOST_TEXTS);
    const sample = Array.from({ length: Math.floor(texts.length / step) }, (_, i) =>
      countsOf(texts[Math.floor(i * step)]!),
    );
    const frequencies = new Map<number, number>();
    for (const counts of sample) {
      for (const term of counts.keys()) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
    }
    const known = [...frequencies].filter(([, frequency]) => frequency >= LEAST_TEXTS);
    if (known.length === 0) return undefined;
    const columns = new Map(known.map(([term], column) => [term, column]));
    const idf = Float64Array.from(
      known,
      ([, frequency]) => 1 + Math.log((1 + sample.length) / (1 + frequency)),
    );
    const rows = sample.map((counts) => weigh(counts, columns, idf));
    return new Lsa(columns, idf, compress(rows, known.length));
  }

  /** Where a text stands; all zero if it has none of the words. */
  embed(text: ArrayLike<number>): Float32Array {
    const { columns, values } = weigh(countsOf(text), this.#columns, this.#idf);
    const { dimension } = this;
    const sum = new Float64Array(dimension);
    columns.forEach((column, p) => {
      const from = column * dimension;
      for (let j = 0; j < dimension; j++) sum[j] = sum[j]! + values[p]! * this.#vectors[from + j]!;
    });
    return Float32Array.from(sum);
  }
}

interface Row {
  readonly columns: readonly number[];
  readonly values: readonly number[];
}

function countsOf(text: ArrayLike<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (let i = 0; i < text.length; i++) counts.set(text[i]!, (counts.get(text[i]!) ?? 0) + 1);
  return counts;
}

function weigh(
  counts: ReadonlyMap<number, number>,
  columns: ReadonlyMap<number, number>,
  idf: Float64Array,
): Row {
  const entries = [...counts].flatMap(([term, count]) => {
    const column = columns.get(term);
    return column === undefined ? [] : [[column, (1 + Math.log(count)) * idf[column]!] as const];
  });
  const length = Math.hypot(...entries.map(([, value]) => value));
  return {
    columns: entries.map(([column]) => column),
    values: entries.map(([, value]) => value / length),
  };
}

function compress(rows: readonly Row[], cols: number): SparseMatrix {
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
