import {
  type Array64,
  array64,
  type Primitives,
  primitives as p,
} from "@daily-kernel/nn/reference";
import { sumBound, U } from "../tasks/plain/bounds.ts";

/** How far a float32 result of one operation may be from `y`, element by element; `x` its arguments. */
type Local = (y: Array64, ...x: never[]) => Float64Array;

const magnitudes = (x: Array64) => p.abs(x);
const over = (y: Array64, f: (y: number, i: number) => number) => y.data.map(f);

/** `units` roundoffs of the result. */
const relative =
  (units: number): Local =>
  (y) =>
    over(y, (v) => units * U * Math.abs(v));

/** The bound of a sum of `count` terms, for magnitudes that are summed already. */
function summed(count: number, sums: Array64, share = 1): Float64Array {
  return sums.data.map((v) => share * sumBound(count, v / share));
}

/** Of the sums of products: convolution and matrix products. */
const products =
  (
    count: (a: Array64, b: Array64) => number,
    again: (a: Array64, b: Array64, options?: never) => Array64,
  ) =>
  (_y: Array64, a: Array64, b: Array64, options?: { bias?: Array64 }): Float64Array => {
    const absolute = options?.bias ? { ...options, bias: magnitudes(options.bias) } : options;
    return summed(count(a, b) + 1, again(magnitudes(a), magnitudes(b), absolute as never));
  };

const size = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

/** Running sums: element k has k + 1 terms at most. */
const scanned = (y: Array64, x: Array64, axis: number, options?: object): Float64Array => {
  const sums = p.cumsum(magnitudes(x), axis, options);
  const ones = p.cumsum(
    { data: new Float64Array(x.data.length).fill(1), shape: x.shape },
    axis,
    options,
  );
  return over(y, (_, i) => sumBound(ones.data[i] as number, sums.data[i] as number));
};

/** Sums into places: those that got nothing are exact. */
const scattered =
  (add: (x: Array64, axis: number, index: Array64, updates: Array64) => Array64) =>
  (y: Array64, x: Array64, axis: number, index: Array64, updates: Array64): Float64Array => {
    const sums = add(magnitudes(x), axis, index, magnitudes(updates));
    const ones = { data: new Float64Array(updates.data.length).fill(1), shape: updates.shape };
    const counts = add(array64(x.shape), axis, index, ones);
    return over(y, (_, i) => {
      const count = counts.data[i] as number;
      return count === 0 ? 0 : sumBound(count + 1, sums.data[i] as number);
    });
  };

type Reduce = (y: Array64, x: Array64, axes?: never, keep?: boolean) => Float64Array;
const lengthOf = (y: Array64, x: Array64) => x.data.length / Math.max(1, y.data.length);

/** Mean squared distance from a mean that is itself off by its own bound (two passes over the data). */
const ofVariance: Reduce = (y, x, axes, keep) => {
  const count = lengthOf(y, x);
  const off = p.mean(magnitudes(x), axes, keep).data.map((m) => sumBound(count, m * count) / count);
  const root = y.data.map((v) => Math.sqrt(Math.max(v, 0)));
  const square = p.mean(p.square(x), axes, keep).data;
  return over(y, (v, i) => {
    const [d, r, s] = [off[i], root[i], square[i]] as [number, number, number];
    return sumBound(count, v * count) / count + d * d + 4 * U * r * Math.sqrt(s);
  });
};

/**
 * Interpolation along an axis: roundings of the weighted sum, and a position that is off by a few
 * roundoffs of itself, which moves weight between neighbours (also the next ones, where a position
 * lies on an element). One tap is a copy.
 */
const ofResample: (y: Array64, ...x: Parameters<Primitives["resample"]>) => Float64Array = (
  y,
  x,
  axis,
  taps,
) => {
  if (taps.width === 1) return new Float64Array(y.data.length);
  const length = x.shape.at(axis) as number;
  const width = taps.width + 2;
  const index = new Int32Array(taps.length * width);
  const weight = new Float64Array(taps.length * width);
  for (let i = 0; i < taps.length; i++) {
    for (let t = 0; t < width; t++) {
      const own = i * taps.width + Math.min(Math.max(t - 1, 0), taps.width - 1);
      const at = (taps.index[own] as number) + (t === 0 ? -1 : t === width - 1 ? 1 : 0);
      const inner = t > 0 && t < width - 1 ? Math.abs(taps.weight[own] as number) : 0;
      index[i * width + t] = Math.min(Math.max(at, 0), length - 1);
      weight[i * width + t] = U * (16 * inner + 8 * (at + 2));
    }
  }
  return p.resample(magnitudes(x), axis, { length: taps.length, width, index, weight }).data;
};

/** A place in the plane is off by a few roundoffs of the plane's sides. */
const ofGridSample: (y: Array64, ...x: Parameters<Primitives["gridSample"]>) => Float64Array = (
  y,
  x,
  grid,
  corners,
) => {
  const sums = p.gridSample(magnitudes(x), grid, corners).data;
  const largest = p.max(magnitudes(x), [2, 3]).data;
  const [height, width] = x.shape.slice(2) as [number, number];
  const plane = y.data.length / largest.length;
  return over(y, (_, i) => {
    const top = largest[Math.floor(i / plane)] as number;
    return U * (16 * (sums[i] as number) + 8 * (height + width) * top);
  });
};

const ofPower = (y: Array64, a: Array64 | number, b: Array64 | number): Float64Array => {
  const log = p.abs(p.mul(b, p.log(p.abs(a))));
  const all = p.mul(p.add(p.add(p.mul(log, 8), p.mul(p.abs(b), 8)), 16), p.abs(y));
  return all.data.map((v) => U * v);
};

const rise = (x: number) => 16 + 4 * Math.abs(x);

/**
 * Elementwise results may be off by 4 roundoffs; division, roots and functions by what the weakest
 * language promises, or by what the usual formula in float32 loses. What is not listed is exact.
 */
export const localErrors = {
  add: relative(4),
  sub: relative(4),
  mul: relative(4),
  square: relative(4),
  div: relative(8),
  reciprocal: relative(8),
  sqrt: relative(8),
  exp: (y: Array64, x: Array64) => over(y, (v, i) => rise(x.data[i] as number) * U * v),
  // As exp(x) - 1.
  expm1: (y: Array64, x: Array64) =>
    over(
      y,
      (v, i) => U * (rise(x.data[i] as number) * Math.exp(x.data[i] as number) + 4 * Math.abs(v)),
    ),
  log: (y: Array64, x: Array64) =>
    over(y, (v, i) => {
      const at = x.data[i] as number;
      return U * (16 * Math.abs(v) + (at > 0.5 && at < 2 ? 8 : 0));
    }),
  // As a quotient of sums of exponentials.
  tanh: (y: Array64) => over(y, (v) => U * (16 * Math.abs(v) + 8 * (1 - v * v))),
  erf: (y: Array64) => over(y, (v) => U * (16 * Math.abs(v) + 8)),
  sigmoid: (y: Array64, x: Array64) =>
    over(y, (v, i) => U * v * (16 + rise(x.data[i] as number) * (1 - v))),
  pow: ofPower,
  matmul: products((a) => a.shape.at(-1) as number, p.matmul),
  conv: products((_, weight) => size(weight.shape.slice(1)), p.conv),
  convTranspose: (y: Array64, x: Array64, weight: Array64, options?: { groups?: number }) =>
    products(
      () => ((weight.shape[0] as number) / (options?.groups ?? 1)) * size(weight.shape.slice(2)),
      p.convTranspose,
    )(y, x, weight, options as never),
  avgPool: (_: Array64, x: Array64, kernel: number | readonly number[], options?: object) => {
    const count = typeof kernel === "number" ? kernel ** (x.shape.length - 2) : size(kernel);
    return summed(count, p.avgPool(magnitudes(x), kernel, options), 1 / count);
  },
  adaptiveAvgPool: (y: Array64, x: Array64, to: number | readonly number[]) => {
    const count = Math.ceil(lengthOf(y, x)) * 2 ** (x.shape.length - 2);
    return summed(count, p.adaptiveAvgPool(magnitudes(x), to), 1 / count);
  },
  sum: ((y, x, axes, keep) => summed(lengthOf(y, x), p.sum(magnitudes(x), axes, keep))) as Reduce,
  mean: ((y, x, axes, keep) =>
    summed(lengthOf(y, x), p.mean(magnitudes(x), axes, keep), 1 / lengthOf(y, x))) as Reduce,
  variance: ofVariance,
  prod: (y: Array64, x: Array64) => over(y, (v) => 2 * lengthOf(y, x) * U * Math.abs(v)),
  cumsum: scanned,
  cumprod: (y: Array64, x: Array64, axis: number) =>
    over(y, (v) => 2 * (x.shape.at(axis) as number) * U * Math.abs(v)),
  indexAdd: scattered(p.indexAdd),
  scatterAdd: scattered(p.scatterAdd),
  resample: ofResample,
  gridSample: ofGridSample,
} satisfies Partial<Record<keyof Primitives, Local>>;

/** The operations whose own bound counts many roundings of which few come together. */
export const sums: ReadonlySet<string> = new Set([
  "matmul",
  "conv",
  "convTranspose",
  "avgPool",
  "adaptiveAvgPool",
  "sum",
  "mean",
  "variance",
  "prod",
  "cumsum",
  "cumprod",
  "indexAdd",
  "scatterAdd",
]);
