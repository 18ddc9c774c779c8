import type { Arena } from "./heap.ts";
import { type Program, ranges } from "./program.ts";

/** A matrix in the heap: address of its first element and its strides, in elements. */
export interface Strided {
  address: number;
  rows: number;
  cols: number;
  rowStride: number;
  colStride: number;
}

/** A row-major matrix in the heap. */
export function rowMajor(address: number, rows: number, cols: number): Strided {
  return { address, rows, cols, rowStride: cols, colStride: 1 };
}

/** The same numbers, seen transposed. */
export function transposed(a: Strided): Strided {
  return {
    address: a.address,
    rows: a.cols,
    cols: a.rows,
    rowStride: a.colStride,
    colStride: a.rowStride,
  };
}

/** What differs between the precisions. */
export interface Precision {
  bytes: 4 | 8;
  /** The register tile: width of a left-hand panel, and of a right-hand one. */
  tileRows: number;
  tileCols: number;
  packFn: string;
  gemmFn: string;
}

export const f64: Precision = {
  bytes: 8,
  tileRows: 6,
  tileCols: 4,
  packFn: "packF64",
  gemmFn: "gemmF64",
};

export const f32: Precision = {
  bytes: 4,
  tileRows: 6,
  tileCols: 8,
  packFn: "packF32",
  gemmFn: "gemmF32",
};

/** Depth of a packed block: a left and a right panel of it fit in the first-level cache. */
export const DEPTH = 256;
/**
 * Rows and columns of C that one call computes: its packed rows stay in the second-level cache. The
 * rows are a multiple of every tile's.
 */
const BLOCK_ROWS = 120;
const BLOCK_COLS = 256;
/** Bytes of a tile, which each call needs at the edges of C. */
export const TILE_BYTES = 192;

/** Numbers packed, and multiply-adds, that take about as long as waking a worker. */
const SHORT_PACKING = 2 ** 16;
const SHORT_PRODUCT = 2 ** 19;

export const SET = 0;
export const SUBTRACT = 2;

/** Packs the rows of `a` into panels of `width`; returns their address. */
export function* pack(
  arena: Arena,
  a: Strided,
  width: number,
  precision: Precision,
): Program<number> {
  const { address, rowStride, colStride, rows, cols } = a;
  const to = arena.alloc(Math.ceil(rows / width) * width * cols * precision.bytes);
  const calls = ranges(rows, BLOCK_ROWS).map((range) => [
    ...[address, rowStride, colStride, rows, cols, to, DEPTH, width, ...range],
  ]);
  yield { fn: precision.packFn, calls, here: rows * cols < SHORT_PACKING };
  return to;
}

/** The blocks of an m x n result, only those that touch the lower triangle with `lower`. */
export function blocks(m: number, n: number, lower: boolean): [number, number, number, number][] {
  const columns = ranges(n, BLOCK_COLS);
  return ranges(m, BLOCK_ROWS).flatMap(([i0, i1]) =>
    columns
      .filter(([j0]) => !lower || j0 < i1)
      .map(([j0, j1]): [number, number, number, number] => [i0, i1, j0, j1]),
  );
}

/** C (m x n, row stride `stride`) = A B for operands in the heap; with `mode` it adds or subtracts. */
export function* gemm(
  arena: Arena,
  a: Strided,
  b: Strided,
  c: { address: number; stride: number },
  precision: Precision,
  mode = SET,
): Program<void> {
  const columns = transposed(b);
  const left = yield* pack(arena, a, precision.tileRows, precision);
  const right = yield* pack(arena, columns, precision.tileCols, precision);
  const shape: [number, number, number] = [a.rows, columns.rows, a.cols];
  yield* product(arena, left, right, c, shape, precision, mode, false);
  arena.free(left);
  arena.free(right);
}

/** Multiplies packed operands. */
export function* product(
  arena: Arena,
  left: number,
  right: number,
  c: { address: number; stride: number },
  [m, n, k]: [m: number, n: number, k: number],
  precision: Precision,
  mode: number,
  lower: boolean,
  tileRows = precision.tileRows,
): Program<void> {
  const list = blocks(m, n, lower);
  const scratch = arena.alloc(list.length * TILE_BYTES); // a tile for each call
  const calls = list.map((block, index) => [
    ...[left, right, c.address, c.stride, m, n, k, DEPTH, tileRows],
    ...[...block, mode, Number(lower), scratch + index * TILE_BYTES],
  ]);
  yield { fn: precision.gemmFn, calls, here: m * n * k < SHORT_PRODUCT };
  arena.free(scratch);
}
