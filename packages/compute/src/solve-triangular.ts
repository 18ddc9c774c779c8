import { checkFlag, checkType } from "./checks.ts";
import { numericError, shapeError } from "./errors.ts";
import type { Strided } from "./gemm.ts";
import type { Arena, Heap } from "./heap.ts";
import {
  checkFinite,
  checkMatrix,
  checkSquare,
  firstNonFinite,
  type Matrix,
  matrix,
  shapeOf,
} from "./matrix.ts";
import type { PoolOptions } from "./pool-options.ts";
import { type Program, perform, ranges, reporting } from "./program.ts";

export interface SolveTriangularOptions {
  /** The triangle that holds the matrix; the other one is not read. Default "lower". */
  triangle?: "lower" | "upper" | undefined;
  /** Solve with the transpose. */
  transpose?: boolean | undefined;
  /** Take the diagonal as ones. */
  unitDiagonal?: boolean | undefined;
}

/** Right-hand sides that one call solves: their part of the solution stays in the cache. */
const CALL_COLUMNS = 64;

/**
 * Solves op(t) X = B for a triangular n x n matrix t and B of n x m; n^2 m operations.
 *
 * @throws RangeError `ERR_SHAPE` for shapes that do not fit, `ERR_DOMAIN` for NaN or infinity.
 * @throws Error `ERR_NUMERIC` for a zero on the diagonal (naming it) or a solution that overflows.
 */
export function solveTriangular(t: Matrix, b: Matrix, options?: SolveTriangularOptions): Matrix;
export function solveTriangular(
  t: Matrix,
  b: Matrix,
  options: SolveTriangularOptions & PoolOptions,
): Promise<Matrix>;
export function solveTriangular(
  t: Matrix,
  b: Matrix,
  options: SolveTriangularOptions & Partial<PoolOptions> = {},
): Matrix | Promise<Matrix> {
  return perform("solveTriangular", options, function* (arena, heap): Program<Matrix> {
    const { triangle = "lower", transpose = false, unitDiagonal = false } = options;
    const known = triangle === "lower" || triangle === "upper";
    checkType(known, "solveTriangular", "options.triangle", '"lower" or "upper"', triangle);
    checkFlag("solveTriangular", "options.transpose", transpose);
    checkFlag("solveTriangular", "options.unitDiagonal", unitDiagonal);
    checkSystem("solveTriangular", "t", t, b);
    if (!unitDiagonal) checkDiagonal("solveTriangular", "t", t);
    const x = arena.f64(b.data);
    const lower = (triangle === "lower") !== transpose;
    const [n, m] = [b.rows, b.cols];
    const steps = substitute(arena, arena.f64(t.data), x, n, m, transpose, lower, unitDiagonal);
    yield* reporting(steps, "solveColumns", [m, m]);
    return solution("solveTriangular", heap, x, b);
  });
}

/**
 * Solves A X = B from A's Cholesky factor `l` (lower triangular, as `cholesky` returns it); B is
 * n x m; 2 n^2 m operations.
 *
 * @throws as `solveTriangular`.
 */
export function choleskySolve(l: Matrix, b: Matrix): Matrix;
export function choleskySolve(l: Matrix, b: Matrix, options: PoolOptions): Promise<Matrix>;
export function choleskySolve(
  l: Matrix,
  b: Matrix,
  options: Partial<PoolOptions> = {},
): Matrix | Promise<Matrix> {
  return perform("choleskySolve", options, function* (arena, heap): Program<Matrix> {
    checkSystem("choleskySolve", "l", l, b);
    checkDiagonal("choleskySolve", "l", l);
    const x = arena.f64(b.data);
    const factor = arena.f64(l.data);
    const [n, m] = [b.rows, b.cols];
    const forward = substitute(arena, factor, x, n, m, false, true, false);
    yield* reporting(forward, "solveColumns", [m, 2 * m]);
    const backward = substitute(arena, factor, x, n, m, true, false, false);
    yield* reporting(backward, "solveColumns", [2 * m, 2 * m]);
    return solution("choleskySolve", heap, x, b);
  });
}

/** Solves in place. An upper triangle read backwards, in rows and columns, is a lower one. */
function* substitute(
  arena: Arena,
  t: number,
  x: number,
  n: number,
  m: number,
  transpose: boolean,
  lower: boolean,
  unit: boolean,
): Program<void> {
  if (n === 0 || m === 0) return;
  const direction = lower ? 1 : -1;
  const first = lower ? 0 : n - 1;
  const triangle: Strided = {
    address: t + first * (n + 1) * 8,
    rows: n,
    cols: n,
    rowStride: direction * (transpose ? 1 : n),
    colStride: direction * (transpose ? n : 1),
  };
  const packed = arena.f64((n + 3) * n);
  yield {
    fn: "packF64",
    calls: ranges(n, 128).map((range) => [
      ...[triangle.address, triangle.rowStride, triangle.colStride, n, n, packed, n, 4, ...range],
    ]),
  };
  const panels = arena.f64((m + 3) * n);
  const start = x + first * m * 8;
  yield {
    fn: "solveColumns",
    calls: ranges(m, CALL_COLUMNS).map((range) => [
      ...[packed, start, direction * m, n, m, panels, ...range, Number(unit)],
    ]),
  };
}

function checkSystem(fn: string, name: string, t: Matrix, b: Matrix): void {
  checkMatrix(fn, name, t);
  checkMatrix(fn, "b", b);
  checkSquare(fn, name, t);
  if (t.rows !== b.rows) {
    throw shapeError(
      `${fn}: ${name} is ${shapeOf(t)} and b is ${shapeOf(b)}; b.rows must be ${t.rows}`,
    );
  }
  checkFinite(fn, name, t);
  checkFinite(fn, "b", b);
}

function checkDiagonal(fn: string, name: string, t: Matrix): void {
  for (let i = 0; i < t.rows; i++) {
    if (t.data[i * t.rows + i] === 0) {
      throw numericError(`${fn}: ${name} is singular: element ${i} of its diagonal is 0`);
    }
  }
}

function solution(fn: string, heap: Heap, x: number, b: Matrix): Matrix {
  const data = heap.f64(x, b.data.length).slice();
  if (firstNonFinite(data) >= 0) {
    throw numericError(`${fn}: the solution overflows; the matrix is too close to singular`);
  }
  return matrix(b.rows, b.cols, data);
}
