import { allocate, checkNumbers, checkType, type PoolOptions, wasm } from "@daily-kernel/compute";
import * as kernels from "../kernels.generated.ts";
import { type Batch, type BatchOptions, batchOf, unitaryScale } from "./batch.ts";
import { checkLength } from "./complex.ts";
import { onceOrPromised, type Phase, ranges, runHere, runOnPool, shares } from "./phases.ts";

/** Options of `fwht`. */
export interface FwhtOptions extends BatchOptions {
  /** Where the result goes, `y` itself included; a new array by default. */
  out?: Float64Array | undefined;
}

/**
 * The unitary fast Walsh-Hadamard transform H y / sqrt(n) in Hadamard order; its own inverse.
 * n log2(n) additions. Every element is added up in the same order whatever the threads, strides
 * from n / 2 down to 1, and scaled once at the end.
 *
 * @param y numbers; with `n`, several transforms one after another.
 * @throws RangeError `ERR_DOMAIN` unless the size is a power of two up to 2^24; `ERR_SHAPE` for
 *   lengths that do not fit. TypeError `ERR_TYPE` for anything but numbers.
 */
export function fwht(y: ArrayLike<number>, options?: FwhtOptions): Float64Array;
export function fwht(
  y: ArrayLike<number>,
  options: FwhtOptions & PoolOptions,
): Promise<Float64Array>;
export function fwht(
  y: ArrayLike<number>,
  options: FwhtOptions & Partial<PoolOptions> = {},
): Float64Array | Promise<Float64Array> {
  return onceOrPromised(options, () => transform(y, options));
}

function transform(
  y: ArrayLike<number>,
  options: FwhtOptions & Partial<PoolOptions>,
): Float64Array | Promise<Float64Array> {
  checkNumbers("fwht", "y", y);
  const batch = batchOf("fwht", y.length, options);
  const { out = allocate("fwht", Float64Array, y.length), pool, signal, onProgress } = options;
  checkType(out instanceof Float64Array, "fwht", "options.out", "a Float64Array", out);
  checkLength("fwht", "options.out", out, y.length);
  const { heap } = wasm(kernels);
  return heap.scope((arena) => {
    const p = arena.f64(y);
    const take = () => {
      out.set(heap.f64(p, y.length));
      return out;
    };
    const scratch = () => arena.f64(SCRATCH);
    if (pool === undefined) {
      runHere(fwhtPhases(p, batch, 1, scratch));
      return take();
    }
    const phases = fwhtPhases(p, batch, pool.threads, scratch);
    return runOnPool(phases, { pool, signal, onProgress }).then(take);
  });
}

/** 64 rows of 32 columns, as the kernel's tiles have. */
const SCRATCH = 64 * 32;
/** From this size on, one transform is worth several threads. */
const SHARED = 16;

/** The kernel calls of a batch at address `p`, for so many threads. */
function fwhtPhases(
  p: number,
  { rows, n, m }: Batch,
  threads: number,
  scratch: () => number,
): Phase[] {
  const scale = unitaryScale(m);
  if (threads === 1 || rows >= threads || m < SHARED) {
    const calls = shares(rows, threads).map(([first, count]) => [
      ...[p + 8 * n * first, count, m, scale, scratch()],
    ]);
    return [{ kernel: "fwhtRows", calls }];
  }
  const all = Array.from({ length: rows }, (_, i) => p + 8 * n * i);
  const row = n / 64;
  return all.flatMap((at): Phase[] => [
    {
      kernel: "fwhtTiles",
      calls: ranges(row, 32, threads).map(([start, end]) => [at, row, start, end, scratch()]),
    },
    {
      kernel: "fwhtBlock",
      calls: Array.from({ length: 64 }, (_, i) => [at + 8 * row * i, m - 6, scale, scratch()]),
    },
  ]);
}
