import {
  domainError,
  eigSymmetric,
  type Matrix,
  type MatrixF32,
  matrix,
  numericError,
  syrk,
} from "@daily-kernel/compute";
import { checkedPoints } from "../check.ts";
import { type KdeRegimes, kdeRegimes } from "../regimes/regimes.ts";

type Points = Matrix | MatrixF32;

/** Root of the mean variance of the columns. */
function scale(fn: string, data: Points): { n: number; d: number; sigma: number } {
  const { data: centred, rows: n, cols: d } = centre(fn, data);
  // in units of the largest deviation, whose square may be no double
  const largest = centred.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  if (!(largest > 0)) throw numericError(`${fn}: all rows of data are equal`);
  const squares = centred.reduce((sum, x) => sum + (x / largest) ** 2, 0);
  const sigma = largest * Math.sqrt(squares / ((n - 1) * d));
  if (sigma === Number.POSITIVE_INFINITY) {
    throw numericError(`${fn}: the standard deviation of data overflows`);
  }
  return { n, d, sigma };
}

/** Scott's rule, sigma n^(-1/(d+4)), with sigma^2 the mean variance of the columns. */
export function scottBandwidth(data: Points): number {
  return scottOf("scottBandwidth", data);
}

/** Scott's rule on behalf of a function that errors name. */
export function scottOf(fn: string, data: Points): number {
  const { n, d, sigma } = scale(fn, data);
  return sigma * n ** (-1 / (d + 4));
}

/** Silverman's rule, sigma (n (d + 2) / 4)^(-1/(d+4)), with sigma^2 the mean variance of the columns. */
export function silvermanBandwidth(data: Points): number {
  const { n, d, sigma } = scale("silvermanBandwidth", data);
  return sigma * ((n * (d + 2)) / 4) ** (-1 / (d + 4));
}

/**
 * `kdeRegimes` with the spectrum of the data's covariance. Eigenvalues below 1e-15 max(n, d)
 * of the largest are rounding, and zero. `hKl` is the bandwidth of the large-dimension theory. O(n d^2 + d^3).
 */
export function regimesOf(data: Points): KdeRegimes {
  const fn = "regimesOf";
  const centred = centre(fn, data);
  const covariance = syrk(centred, { transpose: true });
  const { values } = eigSymmetric(covariance);
  const largest = values.at(-1)!;
  if (!(largest > 0)) throw numericError(`${fn}: all rows of data are equal`);
  const rounding = 1e-15 * Math.max(centred.rows, centred.cols);
  const spectrum = values.map((c) => (c > rounding * largest ? c / (centred.rows - 1) : 0));
  return kdeRegimes({ n: centred.rows, d: centred.cols, spectrum });
}

function centre(fn: string, data: Points): Matrix {
  const { data: numbers, rows, cols } = checkedPoints(fn, "data", data);
  if (rows < 2) throw domainError(`${fn}: data must have at least 2 rows, got ${rows}`);
  const means = new Float64Array(cols);
  for (let i = 0; i < numbers.length; i++) means[i % cols]! += numbers[i]! / rows;
  return matrix(
    rows,
    cols,
    numbers.map((x, i) => x - means[i % cols]!),
  );
}
