import { numericError, shapeError } from "./errors.ts";
import { blocks, DEPTH, f64, pack, rowMajor, type Strided, TILE_BYTES } from "./gemm.ts";
import type { Arena } from "./heap.ts";
import { checkFinite, checkMatrix, type Matrix, shapeOf } from "./matrix.ts";
import type { PoolOptions } from "./pool-options.ts";
import { type Program, perform, ranges } from "./program.ts";
import { mirroring } from "./syrk.ts";
import { take, zeros } from "./transfer.ts";

/** Under this share of |x|^2 + |y|^2 a distance has lost ten bits and is summed directly. */
const CANCELLATION = 2 ** -10;

/**
 * Squared Euclidean distances between the rows of x (m x d) and of y (n x d): m x n, all >= 0.
 * |x|^2 + |y|^2 - 2 x.y by one matrix product, about the centre of y's rows; pairs so close that
 * this cancels are summed as (x - y)^2 directly, so every distance keeps a relative error of about
 * 1e-12 or better. When `x` and `y` are one object the result is exactly symmetric with a zero
 * diagonal, for half the work. 2mnd operations, more if most pairs (nearly) coincide.
 *
 * @throws RangeError `ERR_SHAPE` unless x.cols is y.cols, `ERR_DOMAIN` for NaN or infinity.
 * @throws Error `ERR_NUMERIC` if a distance overflows.
 */
export function squaredDistances(x: Matrix, y: Matrix): Matrix;
export function squaredDistances(x: Matrix, y: Matrix, options: PoolOptions): Promise<Matrix>;
export function squaredDistances(
  x: Matrix,
  y: Matrix,
  options: Partial<PoolOptions> = {},
): Matrix | Promise<Matrix> {
  return perform("squaredDistances", options, function* (arena, heap): Program<Matrix> {
    checkMatrix("squaredDistances", "x", x);
    checkMatrix("squaredDistances", "y", y);
    if (x.cols !== y.cols) {
      throw shapeError(
        `squaredDistances: x is ${shapeOf(x)} and y is ${shapeOf(y)}; x.cols (${x.cols}) must equal y.cols (${y.cols})`,
      );
    }
    checkFinite("squaredDistances", "x", x);
    if (x !== y) checkFinite("squaredDistances", "y", y);
    const [m, n, d] = [x.rows, y.rows, x.cols];
    if (m * n * d === 0) return zeros("squaredDistances", m, n, f64) as Matrix;
    const centre = arena.f64(columnMeans(y));
    const right = yield* prepare(arena, y, centre);
    const left = x === y ? right : yield* prepare(arena, x, centre);
    const a = yield* pack(arena, left.centred, f64.tileRows, f64);
    const b = yield* pack(arena, right.centred, f64.tileCols, f64);
    const c = arena.f64(m * n);
    const list = blocks(m, n, x === y);
    const overflow = arena.i32([0]);
    const scratch = arena.alloc(list.length * TILE_BYTES);
    const operands = [a, b, left.rows, right.rows, left.norms, right.norms];
    yield {
      fn: "squaredDistancesTile",
      calls: list.map((block, index) => [
        ...[...operands, c, m, n, d, DEPTH, ...block],
        ...[Number(x === y), CANCELLATION, scratch + index * TILE_BYTES, overflow],
      ]),
      progress: [m * n, m * n],
    };
    if (x === y) yield mirroring(c, n, 8);
    if (heap.i32(overflow, 1)[0] !== 0) {
      throw numericError("squaredDistances: a distance overflows; scale x and y down");
    }
    return take(heap, c, m, n, f64) as Matrix;
  });
}

/** Rows as they are, their squared norms about the centre, and the centred rows. */
interface Rows {
  rows: number;
  norms: number;
  centred: Strided;
}

/** Centres the rows. */
function* prepare(arena: Arena, x: Matrix, centre: number): Program<Rows> {
  const rows = arena.f64(x.data);
  const centred = arena.f64(x.data.length);
  const norms = arena.f64(x.rows);
  yield {
    fn: "centreRows",
    calls: ranges(x.rows, 256).map((range) => [rows, centred, centre, norms, x.cols, ...range]),
  };
  return { rows, norms, centred: rowMajor(centred, x.rows, x.cols) };
}

/** Weighted before they are summed, so that no sum overflows. */
function columnMeans({ data, rows, cols }: Matrix): Float64Array {
  const means = new Float64Array(cols);
  const weight = 1 / rows;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) means[j]! += data[i * cols + j]! * weight;
  }
  return means;
}
