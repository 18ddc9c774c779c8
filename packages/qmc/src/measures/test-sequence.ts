import { domainError, Rng } from "@daily-kernel/compute";
import { Sequence } from "../sequences/sequence.ts";

/**
 * For the tests of this folder: a Kronecker sequence of square roots of primes (at most 24), shifted if
 * wanted.
 */
export class TestSequence extends Sequence {
  readonly structure = "other";
  readonly #seed: number;
  readonly #shift: Float64Array;
  #spawned = 0;

  constructor(dimension: number, { seed = 1, shifted = true, replications = 1 } = {}) {
    super(dimension, replications);
    this.#seed = seed;
    this.#shift = new Float64Array(dimension * replications);
    if (shifted) new Rng(seed).fillUniform(this.#shift);
  }

  protected checkRange(_nMin: number, nMax: number): void {
    if (nMax > 2 ** 24) throw domainError(`TestSequence: nMax must be at most 2^24, got ${nMax}`);
  }

  protected fill(nMin: number, nMax: number, out: Float64Array): void {
    const roots = [
      2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89,
    ].map(Math.sqrt);
    const d = this.dimension;
    for (let r = 0, k = 0; r < this.replications; r++) {
      for (let i = nMin; i < nMax; i++) {
        for (let j = 0; j < d; j++, k++) {
          out[k] = (i * roots[j % 24]! + this.#shift[r * d + j]!) % 1;
        }
      }
    }
  }

  spawn(dimensions: readonly number[]): TestSequence[] {
    const { replications } = this;
    return dimensions.map(
      (dimension) =>
        new TestSequence(dimension, { seed: this.#seed + 1000 * ++this.#spawned, replications }),
    );
  }
}

/** For the tests of this folder: points that are given. */
export class ListSequence extends Sequence {
  readonly structure = "other";
  readonly #data: Float64Array;

  constructor(dimension: number, data: Float64Array) {
    super(dimension, 1);
    this.#data = data;
  }

  protected checkRange(_nMin: number, nMax: number): void {
    const n = this.#data.length / this.dimension;
    if (nMax > n) throw domainError(`ListSequence: nMax must be at most ${n}, got ${nMax}`);
  }

  protected fill(nMin: number, nMax: number, out: Float64Array): void {
    out.set(this.#data.subarray(nMin * this.dimension, nMax * this.dimension));
  }

  spawn(dimensions: readonly number[]): ListSequence[] {
    return dimensions.map((dimension) => new ListSequence(dimension, this.#data));
  }
}
