import type { Rng } from "@daily-kernel/compute";
import type { Figure } from "@daily-kernel/reproduction";
import { type BesselRegion, besselRegion } from "@daily-kernel/special";
import { points, scipy } from "./reference.ts";

/** A logarithm of a Bessel function over arrays of orders and arguments. */
export type LogBessel = (v: Float64Array, x: Float64Array) => Float64Array;

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
export function drawRegions(count: number, rng: Rng): Record<BesselRegion, [number, number][]> {
  const drawn = Object.fromEntries(regions.map((region) => [region, [] as [number, number][]]));
  let missing = regions.length;
  while (missing > 0) {
    const [[v0, v1], [x0, x1]] = boxes[Math.floor(boxes.length * rng.uniform())]!;
    const v = rng.uniform() < 0.02 ? 0 : 10 ** (v0 + (v1 - v0) * rng.uniform());
    const x = 10 ** (x0 + (x1 - x0) * rng.uniform());
    const list = drawn[besselRegion(v, x)]!;
    if (list.length === count) continue;
    list.push([v, x]);
    if (list.length === count) missing--;
  }
  return drawn as Record<BesselRegion, [number, number][]>;
}

/** Errors by region, one column of dots each. */
export function errorFigure(errors: Record<"log I" | "log K", number[]>): Figure {
  return {
    id: "errors-by-region",
    title: "Error on the stored points, by region of the paper's switching table",
    caption:
      "Each dot is one of the stored 60-digit points; the lowest row collects the exact results. The bounds of the two claims are 5e-14 and 1e-13.",
    x: { label: "region", scale: "category" },
    y: { label: "mixed error |difference| / max(1, |value|)", scale: "log" },
    series: Object.entries(errors).map(([label, values]) => ({
      label,
      mark: "dot",
      x: points.map(({ v, x }) => besselRegion(v, x)),
      y: values.map((error) => Math.max(error, 1e-17)),
    })),
  };
}

/** Where in the plane of order and argument the digits go. */
export function errorMap(errors: number[]): Figure {
  const decades = [
    { label: "up to 2e-16", low: 0, high: 2e-16 },
    { label: "2e-16 to 1e-15", low: 2e-16, high: 1e-15 },
    { label: "1e-15 to 1e-14", low: 1e-15, high: 1e-14 },
    { label: "above 1e-14", low: 1e-14, high: Infinity },
  ];
  return {
    id: "error-map",
    title: "Error of log I over order and argument",
    caption: "The stored points with v ≥ 0.01 and x ≥ 0.001, by the size of their mixed error.",
    x: { label: "argument x", scale: "log" },
    y: { label: "order v", scale: "log" },
    series: decades.map(({ label, low, high }) => {
      const inside = points.filter(
        ({ v, x }, i) => v >= 0.01 && x >= 1e-3 && errors[i]! >= low && !(errors[i]! >= high),
      );
      return { label, mark: "dot", x: inside.map(({ x }) => x), y: inside.map(({ v }) => v) };
    }),
  };
}

/** The switching table, as drawn points. */
export function regionFigure(drawn: Record<BesselRegion, [number, number][]>): Figure {
  return {
    id: "switching-regions",
    title: "The paper's switching table",
    caption:
      "Which expansion the paper uses at which order and argument: 150 random points of every region.",
    x: { label: "argument x", scale: "log" },
    y: { label: "order v", scale: "log" },
    series: regions.map((label) => {
      const shown = drawn[label].filter(([v, x]) => v > 0 && x > 1e-3).slice(0, 150);
      return { label, mark: "dot", x: shown.map(([, x]) => x), y: shown.map(([v]) => v) };
    }),
  };
}

/** Where SciPy's scaled Bessel functions leave a logarithm and where not. */
export function scipyFigure(): Figure {
  const pick = (finite: boolean) =>
    Array.from(scipy.v.keys()).filter((i) => i < 600 && scipy.iveFinite[i] === finite);
  return {
    id: "scipy-fails",
    title: "Where the logarithm of SciPy's ive is lost",
    caption: "Stored results of SciPy at random large orders; ours is finite on every point.",
    x: { label: "argument x", scale: "linear" },
    y: { label: "order v", scale: "linear" },
    series: [false, true].map((finite) => ({
      label: finite ? "finite" : "not finite",
      mark: "dot",
      x: pick(finite).map((i) => scipy.x[i]!),
      y: pick(finite).map((i) => scipy.v[i]!),
    })),
  };
}
