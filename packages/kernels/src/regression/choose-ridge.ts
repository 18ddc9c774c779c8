import {
  checkNumbers,
  checkObject,
  checkType,
  eigSymmetric,
  type Matrix,
  matmul,
  matrix,
  numericError,
  type PoolOptions,
  shapeError,
} from "@daily-kernel/compute";
import { checkPositive } from "../standard/check-points.ts";
import { type Steps, step } from "../standard/steps.ts";

export interface RidgeChoiceOptions {
  /** Positive ridges to choose from. Default 25 from 1e-10 to 100 of the mean of K's diagonal. */
  ridges?: ArrayLike<number> | undefined;
  /** "loo": mean squared leave-one-out error; "gcv": generalised cross-validation. Default "loo". */
  criterion?: "loo" | "gcv" | undefined;
}

export interface RidgeChoice {
  ridge: number;
  /** What was chosen from. */
  ridges: Float64Array;
  /** The criterion of each, averaged over the outputs. */
  scores: Float64Array;
}

/**
 * The ridge of the least score. With K = U diag(s) U^T, G = K + lambda I and c = G^-1 y the
 * leave-one-out residual is c_i / (G^-1)_ii, and GCV puts the mean of the diagonal in place of its
 * elements (Golub, Heath and Wahba 1979). n^2 m operations a ridge after 9 n^3 for the eigenvectors.
 */
export function* chooseRidge(
  fn: string,
  k: Matrix,
  y: Matrix,
  scale: number,
  options: RidgeChoiceOptions,
): Steps<RidgeChoice> {
  checkObject(fn, "options", options);
  const { criterion = "loo" } = options;
  const known = criterion === "loo" || criterion === "gcv";
  checkType(known, fn, "criterion", '"loo" or "gcv"', criterion);
  if (y.cols === 0) throw shapeError(`${fn}: y must have at least one column, got 0`);
  if (options.ridges === undefined && !(scale > 0)) {
    throw numericError(
      `${fn}: the mean of the kernel's diagonal, by which ridges are chosen, must be positive, got ${scale}`,
    );
  }
  const ridges = checkRidges(fn, options.ridges ?? standardRidges(scale));
  const { values, vectors } = yield* step((o) => (o ? eigSymmetric(k, o) : eigSymmetric(k)));
  const rotated = yield* step((o?: PoolOptions) =>
    o ? matmul(vectors, y, { transposeA: true, ...o }) : matmul(vectors, y, { transposeA: true }),
  );
  const scores = new Float64Array(ridges.length);
  for (let r = 0; r < ridges.length; r++) {
    const inverse = values.map((s) => 1 / (Math.max(0, s) + ridges[r]!));
    const scaled = matrix(
      rotated.rows,
      rotated.cols,
      rotated.data.map((v, i) => v * inverse[Math.floor(i / rotated.cols)]!),
    );
    const c = yield* step((o) => (o ? matmul(vectors, scaled, o) : matmul(vectors, scaled)));
    const precision = criterion === "loo" ? diagonal(vectors, inverse) : mean(inverse);
    let sum = 0;
    for (let i = 0; i < c.data.length; i++) {
      sum += (c.data[i]! / precision[Math.floor(i / c.cols)]!) ** 2;
    }
    scores[r] = sum / c.data.length;
  }
  let best = 0;
  for (let r = 1; r < ridges.length; r++) if (scores[r]! < scores[best]!) best = r;
  if (!Number.isFinite(scores[best]!)) {
    throw numericError(`${fn}: no ridge gives a finite score; scale y down`);
  }
  return { ridge: ridges[best]!, ridges, scores };
}

function checkRidges(fn: string, ridges: unknown): Float64Array {
  checkNumbers(fn, "ridges", ridges);
  if (ridges.length === 0) throw shapeError(`${fn}: ridges must hold at least one, got none`);
  for (let i = 0; i < ridges.length; i++) checkPositive(fn, `ridges[${i}]`, ridges[i]);
  return Float64Array.from(ridges);
}

const standardRidges = (scale: number) =>
  Float64Array.from({ length: 25 }, (_, i) => scale * 10 ** (i / 2 - 10));

/** The diagonal of U diag(d) U^T. */
function diagonal({ data, rows, cols }: Matrix, d: Float64Array): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < cols; k++) sum += data[i * cols + k]! ** 2 * d[k]!;
    return sum;
  });
}

const mean = (d: Float64Array) =>
  new Float64Array(d.length).fill(d.reduce((sum, v) => sum + v / d.length, 0));
