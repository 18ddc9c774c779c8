import { type Matrix, matrix, numericError, type Rng } from "@daily-kernel/compute";
import { christoffelOf } from "../basis/christoffel.ts";
import { checkCount, checkPoints, checkRng } from "../check.ts";
import { dependentColumn, factorQr, invertUpper } from "../linear/qr.ts";

export interface SketchOptions {
  /** Rows of the sketch that stands for A in the factorisation. Default 16 m. */
  readonly sketchRows?: number;
  /** Gaussian projections that stand for the m columns: relative error about sqrt(2 / projections). Default 64. */
  readonly projections?: number;
}

/** Rows of the sketch that each row of A enters. */
const SPREAD = 4;

/**
 * Leverage scores up to a factor, for matrices with many rows: R from a sparse sign sketch of A, then
 * the norms of the rows of A R^-1 from a few Gaussian projections (Drineas, Magdon-Ismail, Mahoney and
 * Woodruff, JMLR 13, 2012). N m (4 + projections) operations and 2 m^2 sketchRows.
 */
export function approximateLeverageScores(
  a: Matrix,
  rng: Rng,
  options: SketchOptions = {},
): Float64Array {
  const fn = "approximateLeverageScores";
  checkPoints(fn, "a", a);
  const { data, rows: n, cols: m } = a;
  checkCount(fn, "a.cols", m, 1, Math.max(1, n));
  checkRng(fn, rng);
  const { sketchRows = 16 * m, projections = 64 } = options;
  checkCount(fn, "sketchRows", sketchRows, m);
  checkCount(fn, "projections", projections);
  const sketch = matrix(sketchRows, m);
  for (let i = 0; i < n; i++) {
    for (let s = 0; s < SPREAD; s++) {
      const to = rng.integer(sketchRows) * m;
      const sign = rng.uint32() < 0x8000_0000 ? 0.5 : -0.5; // 1 / sqrt(SPREAD)
      for (let j = 0; j < m; j++) sketch.data[to + j]! += sign * data[i * m + j]!;
    }
  }
  const qr = factorQr(sketch);
  const dependent = dependentColumn(qr);
  if (dependent >= 0) {
    throw numericError(
      `${fn}: a must have independent columns; column ${dependent} is a combination of those before it`,
    );
  }
  const inverse = invertUpper(qr.r).data;
  const gaussian = rng.fillNormal(new Float64Array(m * projections));
  const mixed = new Float64Array(m * projections);
  for (let j = 0; j < m; j++) {
    for (let l = j; l < m; l++) {
      const factor = inverse[j * m + l]! / Math.sqrt(projections);
      for (let p = 0; p < projections; p++) {
        mixed[j * projections + p]! += factor * gaussian[l * projections + p]!;
      }
    }
  }
  const rows = matrix(n, projections);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      const value = data[i * m + j]!;
      for (let p = 0; p < projections; p++) {
        rows.data[i * projections + p]! += value * mixed[j * projections + p]!;
      }
    }
  }
  return christoffelOf(rows);
}
