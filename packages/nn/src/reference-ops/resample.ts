import { type Array64, around, array64, axisOf } from "./array64.ts";

/** What each new element of an axis is made of: element i is the sum over t of weight x[index]. */
export interface Taps {
  readonly length: number;
  readonly width: number;
  /** [length, width], inside the old axis. */
  readonly index: Int32Array;
  readonly weight: Float64Array;
}

/** A linear map along one axis, given by its taps. */
export function resample(x: Array64, axis: number, taps: Taps): Array64 {
  const a = axisOf("resample", axis, x.shape.length);
  const { outer, length, inner } = around(x.shape, a);
  const out = array64(x.shape.with(a, taps.length));
  for (let o = 0; o < outer; o++) {
    for (let k = 0; k < taps.length * taps.width; k++) {
      const w = taps.weight[k] as number;
      if (w === 0) continue;
      const from = (o * length + (taps.index[k] as number)) * inner;
      const to = (o * taps.length + Math.floor(k / taps.width)) * inner;
      for (let i = 0; i < inner; i++) {
        (out.data[to + i] as number) += w * (x.data[from + i] as number);
      }
    }
  }
  return out;
}

/**
 * Where element i of the new axis lies on the old one: corner on corner (i (n-1)/(m-1)), or half
 * pixels ((i + 1/2) n/m - 1/2).
 */
function sourcePosition(i: number, from: number, to: number, alignCorners: boolean): number {
  if (alignCorners) return to === 1 ? 0 : (i * (from - 1)) / (to - 1);
  return ((i + 0.5) * from) / to - 0.5;
}

const clampTo = (i: number, n: number) => Math.min(Math.max(i, 0), n - 1);

function taps(
  to: number,
  from: number,
  width: number,
  of: (i: number) => { first: number; weights: readonly number[] },
): Taps {
  const index = new Int32Array(to * width);
  const weight = new Float64Array(to * width);
  for (let i = 0; i < to; i++) {
    const { first, weights } = of(i);
    weights.forEach((w, t) => {
      index[i * width + t] = clampTo(first + t, from);
      weight[i * width + t] = w;
    });
  }
  return { length: to, width, index, weight };
}

/** Element floor(i n/m) of the old axis. */
export const nearestTaps = (from: number, to: number): Taps =>
  taps(to, from, 1, (i) => ({ first: Math.floor((i * from) / to), weights: [1] }));

/** Between the two neighbours; positions before the first element count as the first. */
export const linearTaps = (from: number, to: number, alignCorners: boolean): Taps =>
  taps(to, from, 2, (i) => {
    const at = Math.max(sourcePosition(i, from, to, alignCorners), 0);
    const first = Math.floor(at);
    return { first, weights: [1 - (at - first), at - first] };
  });

/** Keys' cubic with a = -3/4 (as torch and OpenCV), edges repeated. */
export const cubicTaps = (from: number, to: number, alignCorners: boolean): Taps =>
  taps(to, from, 4, (i) => {
    const at = sourcePosition(i, from, to, alignCorners);
    const first = Math.floor(at);
    const t = at - first;
    const weights = [1 + t, t, 1 - t, 2 - t].map((distance) => cubic(distance, -0.75));
    return { first: first - 1, weights };
  });

/** Keys' cubic at a distance t of 0 to 2. */
function cubic(t: number, a: number): number {
  return t <= 1 ? ((a + 2) * t - (a + 3)) * t * t + 1 : ((a * t - 5 * a) * t + 8 * a) * t - 4 * a;
}

/** A filter: its weight at a distance below `support`. */
interface Filter {
  readonly support: number;
  weight(distance: number): number;
}
export const triangle: Filter = { support: 1, weight: (t) => Math.max(0, 1 - t) };
/** Keys' cubic with a = -1/2, which torch and PIL take where they widen it. */
export const softCubic: Filter = { support: 2, weight: (t) => (t < 2 ? cubic(t, -0.5) : 0) };

/**
 * Interpolation whose filter widens with the reduction, so that no element is skipped: half pixels,
 * weights normalised to sum 1.
 */
export function antialiasTaps(from: number, to: number, { support, weight }: Filter): Taps {
  const scale = Math.max(from / to, 1);
  const reach = support * scale;
  const width = 2 * Math.ceil(reach) + 1;
  return taps(to, from, width, (i) => {
    const centre = ((i + 0.5) * from) / to;
    const first = Math.max(Math.trunc(centre - reach + 0.5), 0);
    const end = Math.min(Math.trunc(centre + reach + 0.5), from);
    const raw = Array.from({ length: end - first }, (_, t) =>
      weight(Math.abs(first + t + 0.5 - centre) / scale),
    );
    const total = raw.reduce((s, w) => s + w, 0);
    return { first, weights: raw.map((w) => w / total) };
  });
}
