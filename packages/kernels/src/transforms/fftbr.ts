import { allocate, type PoolOptions, wasm } from "@daily-kernel/compute";
import * as kernels from "../kernels.generated.ts";
import { type Batch, type BatchOptions, batchOf, unitaryScale } from "./batch.ts";
import { type ComplexArray, checkComplexOut, partsOf, type RealOrComplex } from "./complex.ts";
import { onceOrPromised, type Phase, ranges, runHere, runOnPool, shares } from "./phases.ts";
import { withTwiddles } from "./twiddles.ts";

/** Options of `fftbr` and `ifftbr`. */
export interface FftbrOptions extends BatchOptions {
  /** Where the result goes, `y` itself included; new arrays by default. */
  out?: ComplexArray | undefined;
}

/**
 * The unitary discrete Fourier transform of numbers in bit-reversed order: element k of the result
 * is sum_i y[i] exp(-2 pi i k rev(i) / n) / sqrt(n), in natural order. No permutation is made:
 * that is how lattice points in their natural (extensible) order come. O(n log n).
 *
 * @param y real or complex numbers; with `n`, several transforms one after another.
 * @throws RangeError `ERR_DOMAIN` unless the size is a power of two up to 2^24; `ERR_SHAPE` for
 *   lengths that do not fit. TypeError `ERR_TYPE` for anything but numbers.
 */
export function fftbr(y: RealOrComplex, options?: FftbrOptions): ComplexArray;
export function fftbr(y: RealOrComplex, options: FftbrOptions & PoolOptions): Promise<ComplexArray>;
export function fftbr(
  y: RealOrComplex,
  options: FftbrOptions & Partial<PoolOptions> = {},
): ComplexArray | Promise<ComplexArray> {
  return onceOrPromised(options, () => transform("fftbr", y, options));
}

/**
 * The inverse of `fftbr`: frequencies in natural order in, numbers in bit-reversed order out.
 * Parameters and errors as there.
 */
export function ifftbr(y: RealOrComplex, options?: FftbrOptions): ComplexArray;
export function ifftbr(
  y: RealOrComplex,
  options: FftbrOptions & PoolOptions,
): Promise<ComplexArray>;
export function ifftbr(
  y: RealOrComplex,
  options: FftbrOptions & Partial<PoolOptions> = {},
): ComplexArray | Promise<ComplexArray> {
  return onceOrPromised(options, () => transform("ifftbr", y, options));
}

function transform(
  fn: "fftbr" | "ifftbr",
  y: RealOrComplex,
  options: FftbrOptions & Partial<PoolOptions>,
): ComplexArray | Promise<ComplexArray> {
  const { re, im } = partsOf(fn, "y", y);
  const { length } = re;
  const batch = batchOf(fn, length, options);
  const { pool, signal, onProgress } = options;
  const out = options.out ?? {
    re: allocate(fn, Float64Array, length),
    im: allocate(fn, Float64Array, length),
  };
  checkComplexOut(fn, out, length);
  const { heap } = wasm(kernels);
  const run = (table: number) =>
    heap.scope((arena): ComplexArray | Promise<ComplexArray> => {
      // The gap keeps the two parts out of the same cache sets.
      const distance = 8 * length + GAP;
      const p = arena.alloc(distance + 8 * length);
      heap.f64(p, length).set(re);
      const imaginary = heap.f64(p + distance, length);
      if (im === undefined) imaginary.fill(0);
      else imaginary.set(im);
      const take = () => {
        out.re.set(heap.f64(p, length));
        out.im.set(heap.f64(p + distance, length));
        return out;
      };
      const place = { p, distance, table, scratch: () => arena.f64(SCRATCH) };
      const phases = fftPhases(fn === "ifftbr", batch, place, pool?.threads ?? 1);
      if (pool === undefined) {
        runHere(phases);
        return take();
      }
      return runOnPool(phases, { pool, signal, onProgress }).then(take);
    });
  return withTwiddles(batch.m, run);
}

/** Real and imaginary parts of 16 rows of 64 columns, as the kernel's tiles have. */
const SCRATCH = 2 * 16 * 64;
const GAP = 17 * 64;
/** From this size on, one transform is worth several threads. */
const SHARED = 15;

interface Place {
  p: number;
  /** Bytes from the real to the imaginary parts. */
  distance: number;
  table: number;
  scratch: () => number;
}

function fftPhases(
  inverse: boolean,
  { rows, n, m }: Batch,
  { p, distance, table, scratch }: Place,
  threads: number,
): Phase[] {
  const scale = unitaryScale(m);
  if (threads === 1 || rows >= threads || m < SHARED) {
    const calls = shares(rows, threads).map(([first, count]) => [
      ...[p + 8 * n * first, count, distance, m, scale, table, scratch()],
    ]);
    return [{ kernel: inverse ? "ifftRows" : "fftRows", calls }];
  }
  const kernel = inverse ? "ifftBlock" : "fftBlock";
  const all = Array.from({ length: rows }, (_, i) => p + 8 * n * i);
  const row = n / 16;
  return all.flatMap((at): Phase[] => {
    const blocks: Phase = {
      kernel,
      calls: Array.from({ length: 16 }, (_, i) => [
        ...[at + 8 * row * i, distance, m - 4, scale, table, scratch()],
      ]),
    };
    const tiles: Phase = {
      kernel: inverse ? "ifftTiles" : "fftTiles",
      calls: ranges(row, 64, threads).map(([start, end]) => [
        ...[at, distance, row, start, end, table, scratch()],
      ]),
    };
    return inverse ? [tiles, blocks] : [blocks, tiles];
  });
}
