import type { WeightValues } from "./cbc-weights.ts";

/**
 * What a component-by-component search keeps of the components chosen so far, at each point of the
 * rule. The squared error is the mean over the points of the sum over the sets u of coordinates of
 * weight(u) times the product of v_j over u, where v_j is the kernel, or with interlacing
 * (1 + kernel)...(1 + kernel) - 1 over the `interlace` components of coordinate j. It is linear in the
 * kernel of the next component, with the coefficients `coefficients` gives.
 */
export class WeightedCriterion {
  /** One plus the kernels of the coordinate under way, multiplied; null without interlacing. */
  readonly #partial: Float64Array | null;
  /**
   * Product weights: the one array of products of (1 + weight v). Else: for each size of sets, from
   * 0, the sum over them of the products of weight times v.
   */
  readonly #sums: Float64Array[];
  readonly #weights: WeightValues;
  readonly #interlace: number;
  readonly #scratch: Float64Array;
  #chosen = 0;

  /** For rules of `size` distinct points, with no component chosen yet. */
  constructor(size: number, weights: WeightValues, interlace = 1) {
    this.#weights = weights;
    this.#interlace = interlace;
    this.#scratch = new Float64Array(size);
    this.#partial = interlace > 1 ? new Float64Array(size).fill(1) : null;
    const arrays = weights.order === null ? 1 : weights.order.length;
    this.#sums = Array.from({ length: arrays }, () => new Float64Array(size));
    this.#sums[0]!.fill(1);
  }

  /** The coefficient, at each point, of the next component's kernel; valid until `accept`. */
  coefficients(): Float64Array {
    const out = this.#scratch;
    const { order, product } = this.#weights;
    const factor = product[Math.floor(this.#chosen / this.#interlace)]!;
    const { length } = out;
    const first = this.#sums[0]!;
    const scale = factor * (order === null ? 1 : order[0]!);
    for (let k = 0; k < length; k++) out[k] = scale * first[k]!;
    for (let size = 1; size < this.#sums.length; size++) {
      const sum = this.#sums[size]!;
      const scale = factor * order![size]!;
      for (let k = 0; k < length; k++) out[k]! += scale * sum[k]!;
    }
    const partial = this.#partial;
    if (partial !== null) for (let k = 0; k < length; k++) out[k]! *= partial[k]!;
    return out;
  }

  /** Takes the component with the given kernel at each point. */
  accept(kernel: Float64Array): void {
    const partial = this.#partial;
    const { length } = kernel;
    this.#chosen++;
    if (partial === null) {
      this.#finish(kernel);
      return;
    }
    for (let k = 0; k < length; k++) partial[k]! *= 1 + kernel[k]!;
    if (this.#chosen % this.#interlace !== 0) return;
    for (let k = 0; k < length; k++) partial[k]! -= 1;
    this.#finish(partial);
    partial.fill(1);
  }

  /** Takes the values v of a finished coordinate into the sums. */
  #finish(v: Float64Array): void {
    const { order, product } = this.#weights;
    const factor = product[this.#chosen / this.#interlace - 1]!;
    const { length } = v;
    if (order === null) {
      const products = this.#sums[0]!;
      for (let k = 0; k < length; k++) products[k]! *= 1 + factor * v[k]!;
      return;
    }
    for (let size = this.#sums.length - 1; size > 0; size--) {
      const sum = this.#sums[size]!;
      const smaller = this.#sums[size - 1]!;
      for (let k = 0; k < length; k++) sum[k]! += factor * v[k]! * smaller[k]!;
    }
  }
}
