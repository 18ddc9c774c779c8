import { checkFlag } from "./checks.ts";
import { pack, product, SET, transposed } from "./gemm.ts";
import { type AnyMatrix, checkAnyMatrix, type Matrix, type MatrixF32 } from "./matrix.ts";
import type { PoolOptions } from "./pool-options.ts";
import { type Program, perform, ranges, reporting } from "./program.ts";
import { load, precisionOf, take, zeros } from "./transfer.ts";

export interface SyrkOptions {
  /** The Gram matrix of the columns, a^T a, instead of that of the rows. */
  transpose?: boolean | undefined;
}

/**
 * Symmetric rank-k update: a a^T (rows x rows), or a^T a (cols x cols) with `transpose`, in the
 * precision of `a`. Half of the product's operations, and exactly symmetric. NaN and infinities
 * propagate by IEEE arithmetic.
 */
export function syrk(a: Matrix, options?: SyrkOptions): Matrix;
export function syrk(a: MatrixF32, options?: SyrkOptions): MatrixF32;
export function syrk(a: Matrix, options: SyrkOptions & PoolOptions): Promise<Matrix>;
export function syrk(a: MatrixF32, options: SyrkOptions & PoolOptions): Promise<MatrixF32>;
export function syrk(
  a: AnyMatrix,
  options: SyrkOptions & Partial<PoolOptions> = {},
): AnyMatrix | Promise<AnyMatrix> {
  return perform("syrk", options, function* (arena, heap): Program<AnyMatrix> {
    checkAnyMatrix("syrk", "a", a);
    const { transpose = false } = options;
    checkFlag("syrk", "options.transpose", transpose);
    const precision = precisionOf(a);
    const n = transpose ? a.cols : a.rows;
    const k = transpose ? a.rows : a.cols;
    if (k === 0) return zeros("syrk", n, n, precision);
    const rows = transpose ? transposed(load(arena, a)) : load(arena, a);
    const c = arena.alloc(n * n * precision.bytes);
    const { tileRows, tileCols } = precision;
    const left = yield* pack(arena, rows, tileRows, precision);
    const right = yield* pack(arena, rows, tileCols, precision);
    const target = { address: c, stride: n };
    const work = n * n * k;
    const half = product(arena, left, right, target, [n, n, k], precision, SET, true);
    yield* reporting(half, precision.gemmFn, [work, work]);
    yield mirroring(c, n, precision.bytes);
    return take(heap, c, n, n, precision);
  });
}

/** The phase that copies the lower triangle of an n x n matrix to the upper one. */
export function mirroring(address: number, n: number, bytes: 4 | 8) {
  const calls = ranges(n, 128).map(([from, until]) => [address, n, from, until]);
  return { fn: bytes === 4 ? "mirrorF32" : "mirrorF64", calls };
}
