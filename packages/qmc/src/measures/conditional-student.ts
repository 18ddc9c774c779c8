import type { Matrix } from "@daily-kernel/compute";
import { logGammaRatio, StudentDistribution } from "./student-distribution.ts";

/**
 * Makes multivariate Student vectors of shape L L^T from independent uniform numbers, one coordinate
 * after another from its conditional distribution (the inverse Rosenblatt transformation): x = L w,
 * and w_i is sqrt((nu + |w_<i|^2) / (nu + i)) times a t quantile of nu + i degrees of freedom.
 */
export class ConditionalStudent {
  readonly #l: Matrix;
  readonly #steps: StudentDistribution[];
  readonly #w: Float64Array;

  constructor(l: Matrix, nu: number) {
    this.#l = l;
    this.#steps = Array.from({ length: l.rows }, (_, i) => new StudentDistribution(nu + i));
    this.#w = new Float64Array(l.rows);
  }

  /** One row u as one vector in `out`. */
  row(u: Float64Array, out: Float64Array): void {
    const { data, cols } = this.#l;
    const w = this.#w;
    const { nu } = this.#steps[0]!;
    let radius = Math.sqrt(nu); // of nu + |w|^2, which might overflow
    for (const [i, step] of this.#steps.entries()) {
      w[i] = (radius / Math.sqrt(step.nu)) * step.quantile(u[i]!);
      radius = Math.hypot(radius, w[i]!);
      let sum = 0;
      for (let k = 0; k <= i; k++) sum += data[i * cols + k]! * w[k]!;
      out[i] = sum;
    }
  }
}

/** log density of a multivariate Student vector of shape L L^T at squared distance |L^-1 x|^2. */
export function logStudentDensity(l: Matrix, nu: number, squaredDistance: number): number {
  const d = l.rows;
  let log = -0.5 * d * Math.log(nu * Math.PI);
  for (let i = 0; i < d; i++) log += logGammaRatio((nu + i) / 2) - Math.log(l.data[i * (d + 1)]!);
  return log - 0.5 * (nu + d) * Math.log1p(squaredDistance / nu);
}

/** |L^-1 x|^2. */
export function squaredMahalanobis(l: Matrix, x: Float64Array): number {
  const w = new Float64Array(l.rows);
  let squares = 0;
  for (let i = 0; i < l.rows; i++) {
    let sum = x[i]!;
    for (let k = 0; k < i; k++) sum -= l.data[i * l.cols + k]! * w[k]!;
    w[i] = sum / l.data[i * (l.cols + 1)]!;
    squares += w[i]! * w[i]!;
  }
  return squares;
}
