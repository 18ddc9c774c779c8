import type { Rng } from "@daily-kernel/compute";
import type { Measurement } from "@daily-kernel/reproduction";
import { type BesselRegion, besselRegion } from "@daily-kernel/special";
import { points, scipy } from "./peers/peers.ts";
import { scaledSeriesLogBesselI } from "./wrong.ts";

/** A logarithm of a Bessel function over arrays of orders and arguments. */
export type LogBessel = (v: Float64Array, x: Float64Array) => Float64Array;

/** Random orders and arguments of every region of the switching table. */
export type Drawn = Record<BesselRegion, { v: Float64Array; x: Float64Array }>;

export const regions: readonly BesselRegion[] = [
  "mu_3",
  "mu_20",
  "U_4",
  "U_6",
  "U_9",
  "U_13",
  "fallback",
];

/** |got - expected| / max(1, |expected|), at most 1: what a lost value counts. */
export function mixedError(got: number, expected: number): number {
  const error = Math.abs(got - expected) / Math.max(1, Math.abs(expected));
  return Number.isNaN(error) ? 1 : Math.min(error, 1);
}

/** Mixed errors of log I or log K on the stored points, in their order. */
export function errorsOn(logBessel: LogBessel, key: "logI" | "logK"): number[] {
  const v = Float64Array.from(points, (point) => point.v);
  const x = Float64Array.from(points, (point) => point.x);
  const got = logBessel(v, x);
  return points.map((point, i) => mixedError(got[i]!, point[key]));
}

/** Decades of order and of argument to draw from: all of the plane, and where it is divided most. */
const boxes = [
  [
    [-2, 6],
    [-3, 12],
  ],
  [
    [-2, 6],
    [-300, 12],
  ],
  [
    [-1, 2.3],
    [-0.5, 2.5],
  ],
  [
    [1.1, 2.2],
    [-2, 2],
  ],
] as const;

/** `count` random orders and arguments of every region of the switching table. */
export function drawRegions(count: number, rng: Rng): Drawn {
  const each = <T>(make: () => T) =>
    Object.fromEntries(regions.map((region) => [region, make()])) as Record<BesselRegion, T>;
  const drawn = each(() => ({ v: new Float64Array(count), x: new Float64Array(count) }));
  const filled = each(() => 0);
  for (let missing = count * regions.length; missing > 0; ) {
    const [[v0, v1], [x0, x1]] = boxes[Math.floor(boxes.length * rng.uniform())]!;
    const v = rng.uniform() < 0.02 ? 0 : 10 ** (v0 + (v1 - v0) * rng.uniform());
    const x = 10 ** (x0 + (x1 - x0) * rng.uniform());
    const region = besselRegion(v, x);
    const at = filled[region];
    if (at === count) continue;
    drawn[region].v[at] = v;
    drawn[region].x[at] = x;
    filled[region]++;
    missing--;
  }
  return drawn;
}

const notFinite = (values: Float64Array): number =>
  values.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0);

/** How many values of the functions at these orders and arguments are lost, and how many there are. */
export function lostValues(functions: readonly LogBessel[], { v, x }: Drawn[BesselRegion]) {
  const lost = functions.reduce((sum, logBessel) => sum + notFinite(logBessel(v, x)), 0);
  return { lost, evaluated: functions.length * v.length };
}

/** On which fraction of the stored points of large order SciPy's value is lost and ours is not. */
export function lostByScipy(logI: LogBessel, logK: LogBessel): Measurement {
  const { v, x, source, iveFinite, kveFinite } = scipy;
  const gained = (theirs: readonly boolean[], ours: Float64Array) =>
    theirs.filter((finite, i) => !finite && Number.isFinite(ours[i])).length / v.length;
  const lost = (theirs: readonly boolean[]) => theirs.filter((finite) => !finite).length / v.length;
  const series = v.map((order, i) => scaledSeriesLogBesselI(order, x[i]!));
  return {
    kind: "exact",
    value: Math.min(gained(iveFinite, logI(v, x)), gained(kveFinite, logK(v, x))),
    n: v.length,
    controls: [
      { label: "log ive of SciPy not finite", value: lost(iveFinite), source },
      { label: "log kve of SciPy not finite", value: lost(kveFinite), source },
      {
        label: "log of the series summed in doubles, in this run, not finite",
        value: notFinite(series) / v.length,
      },
    ],
  };
}
