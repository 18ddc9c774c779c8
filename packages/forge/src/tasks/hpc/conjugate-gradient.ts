import { domainError, numericError, shapeError } from "@daily-kernel/compute";
import { type Csr, spmv } from "./csr.ts";

/** The result of `conjugateGradient`. */
export interface ConjugateGradientResult {
  /** The solution, or the last iterate when it did not converge. */
  readonly x: Float64Array<ArrayBuffer>;
  readonly iterations: number;
  /** ||r|| / ||b|| of the recursively updated residual; 0 when b = 0. */
  readonly relativeResidual: number;
  readonly converged: boolean;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/**
 * Solves A x = b for a symmetric positive definite A by conjugate gradients from x = 0 (Hestenes and
 * Stiefel 1952), in double precision, until ||r|| <= tolerance ||b||. b = 0 gives x = 0 after no
 * iteration. Each iteration costs 2 (entries + 5 n) operations.
 *
 * @param options `tolerance` in (0, 1), default 1e-10; `maxIterations` >= 0, default 10 n.
 * @throws RangeError for shapes that do not fit or a `b` that is not finite; an error named
 *   `NotPositiveDefinite` with code `ERR_NUMERIC` when p . A p <= 0 for a direction p.
 */
export function conjugateGradient(
  a: Csr,
  b: Float64Array,
  options: { readonly tolerance?: number; readonly maxIterations?: number } = {},
): ConjugateGradientResult {
  const n = a.rows;
  const { tolerance = 1e-10, maxIterations = 10 * n } = options;
  if (a.cols !== n || b.length !== n) {
    throw shapeError(
      `conjugateGradient: A must be square and b as long, got ${n} x ${a.cols} and ${b.length}`,
    );
  }
  if (!(tolerance > 0 && tolerance < 1)) {
    throw domainError(`conjugateGradient: tolerance must be in (0, 1), got ${tolerance}`);
  }
  if (!(Number.isSafeInteger(maxIterations) && maxIterations >= 0)) {
    throw domainError(
      `conjugateGradient: maxIterations must be a whole number >= 0, got ${maxIterations}`,
    );
  }
  const bad = b.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw domainError(`conjugateGradient: b must be finite, got ${b[bad]} at index ${bad}`);
  }
  const x = new Float64Array(n);
  const r = Float64Array.from(b);
  const p = Float64Array.from(b);
  let rr = dot(r, r);
  const norm = Math.sqrt(rr);
  const enough = tolerance * norm;
  let iterations = 0;
  while (Math.sqrt(rr) > enough && iterations < maxIterations) {
    const q = spmv(a, p);
    const curvature = dot(p, q);
    if (!(curvature > 0)) throw notPositiveDefinite(curvature, iterations);
    const alpha = rr / curvature;
    for (let i = 0; i < n; i++) {
      x[i]! += alpha * p[i]!;
      r[i]! -= alpha * q[i]!;
    }
    const next = dot(r, r);
    const beta = next / rr;
    for (let i = 0; i < n; i++) p[i] = r[i]! + beta * p[i]!;
    rr = next;
    iterations++;
  }
  const left = Math.sqrt(rr);
  return {
    x,
    iterations,
    relativeResidual: norm === 0 ? 0 : left / norm,
    converged: left <= enough,
  };
}

function notPositiveDefinite(curvature: number, iteration: number): Error {
  const error = numericError(
    `conjugateGradient: A is not positive definite: p . A p = ${curvature} in iteration ${iteration}`,
  );
  error.name = "NotPositiveDefinite";
  return error;
}
