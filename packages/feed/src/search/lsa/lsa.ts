import { grown } from "../lexical/postings.ts";
import { occurrences } from "../text/occurrences.ts";
import type { LsaFactors } from "./fit-lsa.ts";
import { weigh } from "./weigh.ts";

/**
 * Texts projected on what latent semantic analysis found. It knows which words of this collection
 * keep company; it is no language model.
 */
export class Lsa {
  readonly #factors: LsaFactors;
  /** The row of a word among the factors, counted from 1; 0 for none. */
  #rowOf = new Uint32Array(1024);

  constructor(factors: LsaFactors) {
    this.#factors = factors;
    factors.terms.forEach((term, row) => {
      if (term >= this.#rowOf.length) this.#rowOf = grown(this.#rowOf, new Uint32Array(2 * term));
      this.#rowOf[term] = row + 1;
    });
  }

  /** Where a text, as word numbers, stands; all zero if it has none of the words. */
  embed(text: ArrayLike<number>): Float32Array {
    const { dimension, vectors, idf } = this.#factors;
    const rowOf = this.#rowOf;
    const { columns, values } = weigh(occurrences(text), (term) => (rowOf[term] ?? 0) - 1, idf);
    const sum = new Float64Array(dimension);
    for (let p = 0; p < columns.length; p++) {
      const from = columns[p]! * dimension;
      const value = values[p]!;
      for (let j = 0; j < dimension; j++) sum[j] = sum[j]! + value * vectors[from + j]!;
    }
    return Float32Array.from(sum);
  }
}
