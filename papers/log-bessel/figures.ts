import type { Figure } from "@daily-kernel/reproduction";
import { besselRegion } from "@daily-kernel/special";
import { type Drawn, regions } from "./accuracy.ts";
import type { Recovery } from "./fits.ts";
import type { RealFit } from "./image-fits.ts";
import { points, scipy } from "./peers/peers.ts";

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
export function regionFigure(drawn: Drawn): Figure {
  return {
    id: "switching-regions",
    title: "The paper's switching table",
    caption:
      "Which expansion the paper uses at which order and argument: 150 random points of every region.",
    x: { label: "argument x", scale: "log" },
    y: { label: "order v", scale: "log" },
    series: regions.map((label) => {
      const { v, x } = drawn[label];
      const shown = Array.from(v.keys()).filter((i) => v[i]! > 0 && x[i]! > 1e-3);
      const picked = shown.slice(0, 150);
      return { label, mark: "dot", x: picked.map((i) => x[i]!), y: picked.map((i) => v[i]!) };
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

/** Fitted over true concentration of the synthetic samples, with and without the correction. */
export function recoveryFigure(recoveries: readonly Recovery[]): Figure {
  const label = ({ p, rbar }: Recovery) => `${p}: ${rbar}`;
  const bar = (of: "corrected" | "likelihood") => ({
    mark: "dot" as const,
    x: recoveries.map(label),
    y: recoveries.map((r) => r[of] / r.kappa),
    interval: recoveries.map(
      (r) =>
        [(r[of] - 4 * r.standardError) / r.kappa, (r[of] + 4 * r.standardError) / r.kappa] as const,
    ),
  });
  return {
    id: "kappa-recovery",
    title: "Fitted over true concentration",
    caption:
      "Bars are 4 standard errors. Plain maximum likelihood overshoots where dimensions outnumber vectors, because the mean direction is fitted too; the corrected fit does not.",
    x: { label: "dimension: mean resultant length", scale: "category" },
    y: { label: "fitted / true kappa", scale: "linear" },
    series: [
      { label: "corrected for bias", ...bar("corrected") },
      { label: "maximum likelihood", ...bar("likelihood") },
    ],
  };
}

/** Concentrations of the image features. */
export function realFigure(fits: readonly RealFit[]): Figure {
  return {
    id: "real-features",
    title: "Concentration of real image features",
    caption:
      "Von Mises-Fisher fits to Inception v3 features of 1,000 digits, at three sizes of the last maps.",
    x: { label: "dimension p", scale: "log" },
    y: { label: "fitted kappa", scale: "log" },
    series: [
      { label: "fit", mark: "dot", x: fits.map(({ p }) => p), y: fits.map(({ kappa }) => kappa) },
    ],
  };
}
