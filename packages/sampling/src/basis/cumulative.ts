import type { Rng } from "@daily-kernel/compute";

/** Draws indices with probabilities proportional to weights >= 0, in O(log n) each. */
export class Cumulative {
  readonly #sums: Float64Array;
  readonly total: number;

  constructor(weights: ArrayLike<number>) {
    let sum = 0;
    this.#sums = Float64Array.from(weights, (weight) => {
      sum += weight;
      return sum;
    });
    this.total = sum;
  }

  draw(rng: Rng): number {
    const target = rng.uniform() * this.total;
    let low = 0;
    let high = this.#sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sums[middle]! > target) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
