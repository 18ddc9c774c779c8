import {
  type Arena,
  checkPoolOptions,
  type Heap,
  type Matrix,
  numericError,
  type PoolOptions,
  wasm,
} from "@daily-kernel/compute";
import * as kernels from "../kernels.generated.ts";

/** Points whose distances to a call's queries are held at a time: with CALL, 30 KiB, in the first-level cache. */
const BLOCK = 64;
/** Queries of one call, a multiple of the product's tile of 6 rows. */
const CALL = 60;
/** Queries that are worked on at a time, whatever their number: bounds the memory. */
const SLAB = 64 * CALL;
/** Depth of a packed block of the product, and the widths of its panels. */
const DEPTH = 256;
const [ROWS, COLUMNS] = [6, 4];

/** For every query and bandwidth what all estimates are made of; row-major, queries x bandwidths. */
export interface KernelSums {
  /** Squared distance of each query to the nearest point, Infinity where all are left out. */
  nearest: Float64Array;
  /** Sums over the points of e = exp(-(q - nearest) / (2 h^2)), q their squared distance. */
  sums: Float64Array;
  /** Sums of e^2. */
  squares: Float64Array;
}

/** A query's point to leave out, or -1. */
type Exclude = Int32Array | undefined;

interface Prepared {
  /** Arguments that all kernels begin with. */
  readonly operands: readonly number[];
  readonly calls: readonly (readonly [number, number])[];
  /** The last arguments of call `index`: its tile, its scratch, the flag of overflow. */
  own(index: number): number[];
  checkOverflow(): void;
}

/** Copies, centres and packs: O((m + n) d). */
function prepare(
  fn: string,
  arena: Arena,
  heap: Heap,
  x: Matrix,
  y: Matrix,
  exclude: Exclude,
): Prepared {
  const { exports } = wasm(kernels);
  const [m, n, d] = [x.rows, y.rows, y.cols];
  const centre = arena.f64(columnMeans(y));
  const centred = ({ data, rows }: Matrix) => {
    const from = arena.f64(data);
    const to = arena.f64(data.length);
    const norms = arena.f64(rows);
    exports.centreRows!(from, to, centre, norms, d, 0, rows);
    return { from, to, norms };
  };
  const left = centred(x);
  const right = centred(y);
  const a = arena.f64(Math.ceil(m / ROWS) * ROWS * d);
  exports.packF64!(left.to, d, 1, m, d, a, DEPTH, ROWS, 0, m);
  const b = arena.f64(Math.ceil(n / COLUMNS) * COLUMNS * d);
  for (let first = 0; first < n; first += BLOCK) {
    const size = Math.min(BLOCK, n - first);
    const offset = 8 * first * d;
    exports.packF64!(right.to + offset, d, 1, size, d, b + offset, DEPTH, COLUMNS, 0, size);
  }
  const leftOut = arena.i32(exclude ?? m);
  if (exclude === undefined) heap.i32(leftOut, m).fill(-1);
  const calls: [number, number][] = [];
  for (let from = 0; from < m; from += CALL) calls.push([from, Math.min(m, from + CALL)]);
  const tile = 8 * Math.min(CALL, m) * Math.min(BLOCK, n);
  const tiles = arena.alloc(calls.length * tile);
  const scratch = arena.alloc(calls.length * 192);
  const overflow = arena.i32([0]);
  return {
    operands: [
      a,
      b,
      left.from,
      right.from,
      left.norms,
      right.norms,
      leftOut,
      m,
      n,
      d,
      DEPTH,
      BLOCK,
    ],
    calls,
    own: (index) => [tiles + index * tile, scratch + index * 192, overflow],
    checkOverflow() {
      if (heap.i32(overflow, 1)[0] === 0) return;
      throw numericError(`${fn}: a squared distance overflows; scale the data down`);
    },
  };
}

/** Runs the calls here or on a pool, then `after`. */
function run<T>(
  fn: "kernelSums" | "kernelShifts",
  calls: number[][],
  options: Partial<PoolOptions>,
  after: () => T,
): T | Promise<T> {
  const { pool, signal } = options;
  if (pool) return pool.run(kernels, fn, calls, { signal }).then(after);
  const kernel = wasm(kernels).exports[fn]!;
  for (const args of calls) kernel(...args);
  return after();
}

/** The squared distance beyond the nearest from where n terms add less than half an ulp. */
const cutOf = (n: number, bandwidth: number) => 2 * bandwidth ** 2 * (38 + Math.log(n));

const slice = ({ data, cols }: Matrix, from: number, to: number): Matrix => ({
  data: data.subarray(from * cols, to * cols),
  rows: to - from,
  cols,
});

/** Does `work` for every slab of queries in turn, at once or, with a pool, one after the other. */
function overSlabs(
  rows: number,
  options: Partial<PoolOptions>,
  work: (from: number, to: number) => void | Promise<void>,
): void | Promise<void> {
  const { pool, onProgress, signal } = options;
  if (!pool) {
    for (let from = 0; from < rows; from += SLAB) work(from, Math.min(rows, from + SLAB));
    return;
  }
  return (async () => {
    for (let from = 0; from < rows; from += SLAB) {
      signal?.throwIfAborted();
      const to = Math.min(rows, from + SLAB);
      await work(from, to);
      onProgress?.(to, rows);
    }
  })();
}

/**
 * The kernel sums of the rows of x over the rows of y for each bandwidth. 2 m n d operations for the
 * distances and at most m n exponentials a bandwidth; memory O((m + n) d + m bandwidths), never m n.
 * The same bits whatever the number of threads, and for a query whatever the others are.
 *
 * @throws Error `ERR_NUMERIC` if a squared distance overflows.
 */
export function kernelSums(
  fn: string,
  x: Matrix,
  y: Matrix,
  bandwidths: ArrayLike<number>,
  exclude: Exclude,
  options: Partial<PoolOptions>,
): KernelSums | Promise<KernelSums> {
  checkPoolOptions(fn, options);
  const { heap } = wasm(kernels);
  const [m, n, count] = [x.rows, y.rows, bandwidths.length];
  const result: KernelSums = {
    nearest: new Float64Array(m).fill(Number.POSITIVE_INFINITY),
    sums: new Float64Array(m * count),
    squares: new Float64Array(m * count),
  };
  const done = overSlabs(m, options, (from, to) =>
    heap.scope((arena) => {
      const part = slice(x, from, to);
      const prepared = prepare(fn, arena, heap, part, y, exclude?.subarray(from, to));
      const rates = arena.f64(Float64Array.from(bandwidths, (h) => 0.5 / h ** 2));
      const cuts = arena.f64(Float64Array.from(bandwidths, (h) => cutOf(n, h)));
      const nearest = arena.f64(part.rows);
      heap.f64(nearest, part.rows).fill(Number.POSITIVE_INFINITY);
      const [sums, squares] = [arena.f64(part.rows * count), arena.f64(part.rows * count)];
      for (const address of [sums, squares]) heap.f64(address, part.rows * count).fill(0);
      const calls = prepared.calls.map((range, index) => [
        ...[...prepared.operands, rates, cuts, count, nearest, sums, squares],
        ...[...range, ...prepared.own(index)],
      ]);
      return run("kernelSums", calls, options, () => {
        prepared.checkOverflow();
        result.nearest.set(heap.f64(nearest, part.rows), from);
        result.sums.set(heap.f64(sums, part.rows * count), from * count);
        result.squares.set(heap.f64(squares, part.rows * count), from * count);
      });
    }),
  );
  return done ? done.then(() => result) : result;
}

/** For every query x the sum over the points y of exp(-(q - nearest) / (2 h^2)) (y - x): m x d. */
export function kernelShifts(
  fn: string,
  x: Matrix,
  y: Matrix,
  bandwidth: number,
  nearest: Float64Array,
  options: Partial<PoolOptions>,
): Float64Array | Promise<Float64Array> {
  checkPoolOptions(fn, options);
  const { heap } = wasm(kernels);
  const d = y.cols;
  const result = new Float64Array(x.rows * d);
  const done = overSlabs(x.rows, options, (from, to) =>
    heap.scope((arena) => {
      const part = slice(x, from, to);
      const prepared = prepare(fn, arena, heap, part, y, undefined);
      const least = arena.f64(nearest.subarray(from, to));
      const shifts = arena.f64(part.rows * d);
      heap.f64(shifts, part.rows * d).fill(0);
      const calls = prepared.calls.map((range, index) => [
        ...[...prepared.operands, 0.5 / bandwidth ** 2, cutOf(y.rows, bandwidth), least, shifts],
        ...[...range, ...prepared.own(index)],
      ]);
      return run("kernelShifts", calls, options, () => {
        prepared.checkOverflow();
        result.set(heap.f64(shifts, part.rows * d), from * d);
      });
    }),
  );
  return done ? done.then(() => result) : result;
}

function columnMeans({ data, rows, cols }: Matrix): Float64Array {
  const means = new Float64Array(cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) means[j]! += data[i * cols + j]! / rows;
  }
  return means;
}
