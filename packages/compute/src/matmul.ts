import { checkFlag } from "./checks.ts";
import { shapeError, typeError } from "./errors.ts";
import { gemm, transposed } from "./gemm.ts";
import { type AnyMatrix, checkAnyMatrix, type Matrix, type MatrixF32, shapeOf } from "./matrix.ts";
import type { PoolOptions } from "./pool-options.ts";
import { type Program, perform, reporting } from "./program.ts";
import { load, precisionOf, take, zeros } from "./transfer.ts";

export interface MatmulOptions {
  /** Multiply by the transpose of `a`. */
  transposeA?: boolean | undefined;
  /** Multiply by the transpose of `b`. */
  transposeB?: boolean | undefined;
}

/**
 * The matrix product op(a) op(b), m x k by k x n, in the precision of its operands; 2mnk
 * operations. NaN and infinities propagate by IEEE arithmetic. Each element is summed in blocks of
 * 256 terms in a fixed order, so results do not depend on the number of threads; runtimes with
 * fused multiply-add round once a term, others twice.
 *
 * @throws RangeError `ERR_SHAPE` unless op(a)'s columns are op(b)'s rows.
 * @throws TypeError `ERR_TYPE` if the precisions differ.
 */
export function matmul(a: Matrix, b: Matrix, options?: MatmulOptions): Matrix;
export function matmul(a: MatrixF32, b: MatrixF32, options?: MatmulOptions): MatrixF32;
export function matmul(a: Matrix, b: Matrix, options: MatmulOptions & PoolOptions): Promise<Matrix>;
export function matmul(
  a: MatrixF32,
  b: MatrixF32,
  options: MatmulOptions & PoolOptions,
): Promise<MatrixF32>;
export function matmul(
  a: AnyMatrix,
  b: AnyMatrix,
  options: MatmulOptions & Partial<PoolOptions> = {},
): AnyMatrix | Promise<AnyMatrix> {
  return perform("matmul", options, function* (arena, heap): Program<AnyMatrix> {
    checkAnyMatrix("matmul", "a", a);
    checkAnyMatrix("matmul", "b", b);
    const { transposeA = false, transposeB = false } = options;
    checkFlag("matmul", "options.transposeA", transposeA);
    checkFlag("matmul", "options.transposeB", transposeB);
    const [aSide, bSide] = [transposeA ? "rows" : "cols", transposeB ? "cols" : "rows"] as const;
    if (a[aSide] !== b[bSide]) {
      throw shapeError(
        `matmul: a is ${shapeOf(a)} and b is ${shapeOf(b)}; a.${aSide} (${a[aSide]}) must equal b.${bSide} (${b[bSide]})`,
      );
    }
    const precision = precisionOf(a);
    if (precisionOf(b) !== precision) {
      throw typeError("matmul: a and b must have the same precision, got f32 and f64");
    }
    const rows = transposeA ? a.cols : a.rows;
    const cols = transposeB ? b.rows : b.cols;
    if (a[aSide] === 0) return zeros("matmul", rows, cols, precision);
    const c = arena.alloc(rows * cols * precision.bytes);
    const left = load(arena, a);
    const right = b === a ? left : load(arena, b);
    const work = rows * cols * a[aSide];
    const product = gemm(
      arena,
      transposeA ? transposed(left) : left,
      transposeB ? transposed(right) : right,
      { address: c, stride: cols },
      precision,
    );
    yield* reporting(product, precision.gemmFn, [work, work]);
    return take(heap, c, rows, cols, precision);
  });
}
