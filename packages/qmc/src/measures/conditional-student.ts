import type { Matrix } from "@daily-kernel/compute";
import { logGammaRatio, studentQuantile } from "./student-distribution.ts";

/**
 * One row u of independent uniform numbers as L w: a multivariate Student vector of shape L L^T, whose
 * coordinates are drawn one after another from their conditional distributions (the inverse Rosenblatt
 * transformation): w_i is sqrt((nu + |w_<i|^2) / (nu + i)) times a t quantile of nu + i degrees of
 * freedom.
 */
export function conditionalStudent(
  l: Matrix,
  nu: number,
  u: Float64Array,
  w: Float64Array,
  out: Float64Array,
): void {
  let squares = 0;
  for (let i = 0; i < l.rows; i++) {
    w[i] = Math.sqrt((nu + squares) / (nu + i)) * studentQuantile(u[i]!, nu + i);
    squares += w[i]! * w[i]!;
    let sum = 0;
    for (let k = 0; k <= i; k++) sum += l.data[i * l.cols + k]! * w[k]!;
    out[i] = sum;
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
