/** Robertson and Sparck Jones's weights as everybody uses them. */
export interface Bm25Parameters {
  /** How soon further occurrences of a word stop counting, >= 0. */
  readonly k1: number;
  /** How much long texts are held back, 0..1. */
  readonly b: number;
}

export const bm25Defaults: Bm25Parameters = { k1: 1.2, b: 0.75 };

/** ln(1 + (N - n + 1/2) / (n + 1/2)): how rare a word is that n of N texts have; never negative. */
export const inverseDocumentFrequency = (N: number, n: number) =>
  Math.log(1 + (N - n + 0.5) / (n + 0.5));
