import { type Matrix, matrix } from "@daily-kernel/compute";
import { lgamma, logBesselK } from "@daily-kernel/special";

/** The Matern correlation of smoothness nu > 0 at distance r >= 0 in units of the length scale. */
function maternCorrelation(nu: number, r: number): number {
  if (r === 0) return 1;
  if (nu === Number.POSITIVE_INFINITY) return Math.exp(-0.5 * r * r);
  if (nu === 0.5) return Math.exp(-r);
  const s = Math.sqrt(2 * nu) * r;
  if (nu === 1.5) return (1 + s) * Math.exp(-s);
  if (nu === 2.5) return (1 + s + (s * s) / 3) * Math.exp(-s);
  // 2^(1-nu) / Gamma(nu) s^nu K_nu(s)
  const log = (1 - nu) * Math.LN2 - lgamma(nu) + nu * Math.log(s) + logBesselK(nu, s);
  return Math.min(1, Math.exp(log));
}

/** Matern covariances of the rows of `points` (d x k), plus `nugget` on the diagonal. */
export function maternCovariance(
  points: Matrix,
  nu: number,
  lengthScale: Float64Array,
  variance: number,
  nugget: number,
): Matrix {
  const { rows: d, cols: k, data } = points;
  const result = matrix(d, d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) {
      let distance = 0;
      for (let l = 0; l < k; l++)
        distance = Math.hypot(distance, data[i * k + l]! - data[j * k + l]!);
      const correlation = maternCorrelation(nu, distance / lengthScale[j]!);
      result.data[i * d + j] = variance * correlation + (i === j ? nugget : 0);
    }
  }
  // Of two length scales that differ each pair takes the mean of both correlations.
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < i; j++) {
      const mean = (result.data[i * d + j]! + result.data[j * d + i]!) / 2;
      result.data[i * d + j] = mean;
      result.data[j * d + i] = mean;
    }
  }
  return result;
}
