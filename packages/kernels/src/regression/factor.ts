import {
  checkType,
  cholesky,
  domainError,
  type Matrix,
  matrix,
  numericError,
  type PoolOptions,
  solveTriangular,
} from "@daily-kernel/compute";
import { type Steps, step } from "../standard/steps.ts";

/** A Cholesky factor, and what was added to the diagonal to obtain it. */
export interface Factor {
  l: Matrix;
  jitter: number;
}

/** The first jitter that is tried, relative to the scale; each next one is ten times the last. */
const FIRST_JITTER = 1e-14;

/**
 * The Cholesky factor of a symmetric matrix, plus the least jitter out of 0, 1e-14, 1e-13 ... up to
 * maxJitter times `scale` (by default the mean of its diagonal) with which it is positive definite
 * in double precision. Writes to the diagonal of `a`.
 */
export function* factorise(
  fn: string,
  a: Matrix,
  maxJitter: number,
  scale?: number,
): Steps<Factor> {
  const n = a.rows;
  const diagonal = Float64Array.from({ length: n }, (_, i) => a.data[i * (n + 1)]!);
  const unit = scale ?? diagonal.reduce((sum, v) => sum + v / n, 0);
  let jitter = 0;
  for (let share = FIRST_JITTER; ; share *= 10) {
    for (let i = 0; i < n; i++) a.data[i * (n + 1)] = diagonal[i]! + jitter;
    try {
      const l = yield* step((o) => (o ? cholesky(a, o) : cholesky(a)));
      return { l, jitter };
    } catch (error) {
      if ((error as { code?: string }).code !== "ERR_NUMERIC") throw error;
      // A diagonal whose mean is not positive is not made so by a share of itself.
      if (share > maxJitter * 1.01 || !(unit > 0))
        throw failure(fn, error as Error, n, jitter, maxJitter);
      jitter = share * unit;
    }
  }
}

function failure(fn: string, error: Error, n: number, jitter: number, maxJitter: number): Error {
  const [, reason] = error.message.split("cholesky: a ");
  return numericError(
    `${fn}: the covariance of the ${n} points ${reason ?? "is not positive definite"}, with jitter ${jitter} (maxJitter is ${maxJitter} of the mean variance); raise noise or maxJitter, or leave out points that (nearly) coincide`,
  );
}

/** The inverse of a lower triangular matrix; n^3 operations. */
export function* inverseFactor(l: Matrix): Steps<Matrix> {
  const identity = matrix(l.rows, l.rows);
  for (let i = 0; i < l.rows; i++) identity.data[i * (l.rows + 1)] = 1;
  return yield* solve(l, identity);
}

/** X with op(L) X = B. */
export function* solve(l: Matrix, b: Matrix, transpose = false): Steps<Matrix> {
  return yield* step((o?: PoolOptions) =>
    o ? solveTriangular(l, b, { transpose, ...o }) : solveTriangular(l, b, { transpose }),
  );
}

/** Throws unless `value` is a number in [0, infinity). */
export function checkNonNegative(fn: string, name: string, value: unknown): void {
  checkType(typeof value === "number", fn, name, "a number", value);
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
    throw domainError(`${fn}: ${name} must be >= 0 and finite, got ${value}`);
  }
}
