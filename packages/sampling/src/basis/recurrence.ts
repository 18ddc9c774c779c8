import { eigSymmetric, matrix } from "@daily-kernel/compute";
import type { Quadrature } from "./univariate-family.ts";

/**
 * Orthonormal polynomials p_k of a probability measure by their three-term recurrence
 * x p_k = b_(k+1) p_(k+1) + a_k p_k + b_k p_(k-1), with p_0 = 1 (Gautschi, Orthogonal Polynomials,
 * 2004, 1.3): no factorials, so no overflow whatever the degree.
 */
export class Recurrence {
  readonly #a: (k: number) => number;
  readonly #b: (k: number) => number;
  #centres = new Float64Array(0);
  #steps = new Float64Array(0); // b_k at k

  constructor(a: (k: number) => number, b: (k: number) => number) {
    this.#a = a;
    this.#b = b;
  }

  #reach(count: number): void {
    if (this.#steps.length > count) return;
    const length = 2 * count + 16;
    this.#centres = Float64Array.from({ length }, (_, k) => this.#a(k));
    this.#steps = Float64Array.from({ length }, (_, k) => (k === 0 ? 0 : this.#b(k)));
  }

  /** p_0(x), ..., p_(count - 1)(x) to `out` from `at` on. */
  evaluate(x: number, count: number, out: Float64Array, at: number): void {
    this.#reach(count);
    const centres = this.#centres;
    const steps = this.#steps;
    let before = 0;
    let now = 1;
    for (let k = 0; k < count; k++) {
      out[at + k] = now;
      const next = ((x - centres[k]!) * now - steps[k]! * before) / steps[k + 1]!;
      before = now;
      now = next;
    }
  }

  /** p_k(x) alone. */
  value(x: number, k: number): number {
    this.#reach(k + 1);
    let before = 0;
    let now = 1;
    for (let i = 0; i < k; i++) {
      const next = ((x - this.#centres[i]!) * now - this.#steps[i]! * before) / this.#steps[i + 1]!;
      before = now;
      now = next;
    }
    return now;
  }

  /** Gauss's rule of n points, exact to degree 2n - 1 (Golub and Welsch, Math. Comp. 23, 1969). */
  quadrature(n: number): Quadrature {
    this.#reach(n);
    const jacobi = matrix(n, n);
    for (let k = 0; k < n; k++) {
      jacobi.data[k * n + k] = this.#centres[k]!;
      if (k > 0) jacobi.data[k * n + k - 1] = this.#steps[k]!;
    }
    const points = eigSymmetric(jacobi).values;
    const values = new Float64Array(n);
    const weights = points.map((x) => {
      this.evaluate(x, n, values, 0);
      return 1 / values.reduce((sum, value) => sum + value * value, 0);
    });
    return { points, weights };
  }
}
