import { numericError } from "./errors.ts";
import { f64, product, SUBTRACT } from "./gemm.ts";
import { checkMatrix, checkSquare, type Matrix, matrix } from "./matrix.ts";
import type { PoolOptions } from "./pool-options.ts";
import { type Program, perform, ranges, reporting } from "./program.ts";

/** Columns factored at a time: wide enough for the update to run at the product's speed. */
const BLOCK = 64;

/**
 * The Cholesky factor of a symmetric positive definite n x n matrix: lower triangular L with
 * L L^T = a, zeros above. Reads the lower triangle only; n^3/3 operations. Right-looking blocked
 * algorithm (Golub and Van Loan, Matrix Computations, 4th ed., 4.2.5).
 *
 * @throws RangeError `ERR_SHAPE` unless `a` is square.
 * @throws Error `ERR_NUMERIC` naming the first pivot that is not a positive finite number, which
 *   also is where a NaN or an infinity in the lower triangle shows.
 */
export function cholesky(a: Matrix): Matrix;
export function cholesky(a: Matrix, options: PoolOptions): Promise<Matrix>;
export function cholesky(a: Matrix, options: Partial<PoolOptions> = {}): Matrix | Promise<Matrix> {
  return perform("cholesky", options, function* (arena, heap): Program<Matrix> {
    checkMatrix("cholesky", "a", a);
    checkSquare("cholesky", "a", a);
    const n = a.rows;
    const l = arena.f64(a.data);
    const packed = arena.f64(BLOCK * BLOCK);
    const panels = arena.f64((n + 3) * BLOCK);
    const status = arena.i32(1);
    const pivot = arena.f64(1);
    for (let k = 0; k < n; k += BLOCK) {
      const nb = Math.min(BLOCK, n - k);
      const at = (row: number) => l + (row * n + k) * 8;
      const below = k + nb;
      const rows = n - below;
      const progress = [n ** 3 - rows ** 3, n ** 3] as const;
      const block = [at(k), n, nb, packed, status, pivot];
      yield { fn: "choleskyBlock", calls: [block], here: true, ...(rows === 0 && { progress }) };
      const failed = heap.i32(status, 1)[0]!;
      if (failed > 0) {
        throw numericError(
          `cholesky: a is not positive definite: pivot ${k + failed - 1} is ${heap.f64(pivot, 1)[0]}`,
        );
      }
      if (rows === 0) break;
      yield {
        fn: "choleskyPanel",
        calls: ranges(rows, 64).map((range) => [at(below), n, rows, nb, packed, panels, ...range]),
      };
      const rest = { address: l + (below * n + below) * 8, stride: n };
      const update = product(arena, panels, panels, rest, [rows, rows, nb], f64, SUBTRACT, true, 4);
      yield* reporting(update, f64.gemmFn, progress);
    }
    const factor = matrix(n, n);
    const rows = heap.f64(l, n * n);
    for (let i = 0; i < n; i++) factor.data.set(rows.subarray(i * n, i * n + i + 1), i * n);
    return factor;
  });
}
