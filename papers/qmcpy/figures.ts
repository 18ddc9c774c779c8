import type { PointSet } from "@daily-kernel/qmc";
import type { Figure } from "@daily-kernel/reproduction";
import type { Curve } from "./convergence.ts";
import type { Cost } from "./gram.ts";
import type { Kept } from "./rules.ts";

/** Errors against the number of points, one line a randomisation. */
export function convergenceFigure(
  id: string,
  title: string,
  curves: Readonly<Record<string, Curve>>,
): Figure {
  return {
    id,
    title,
    caption:
      "Root mean square error over independent randomisations; the fitted slope stands in the legend. Straight lines are powers of n.",
    x: { label: "points", scale: "log" },
    y: { label: "RMSE", scale: "log" },
    series: Object.entries(curves).map(([label, { n, rmse, slope }]) => ({
      label: `${label} (${slope.toFixed(2)})`,
      mark: "line",
      x: n,
      y: rmse.map((error) => Math.max(error, 1e-17)),
    })),
  };
}

/** Two coordinates of a few point sets, for the eye. */
export function projectionFigure(id: string, title: string, set: PointSet): Figure {
  const half = set.n / 2;
  const part = (from: number, to: number) => ({
    x: Array.from({ length: to - from }, (_, i) => set.data[(from + i) * set.dimension]!),
    y: Array.from({ length: to - from }, (_, i) => set.data[(from + i + 1) * set.dimension - 1]!),
  });
  return {
    id,
    title,
    caption: `${set.n} points: the second half falls between those of the first.`,
    aspect: "square",
    x: { label: "first coordinate", scale: "linear", domain: [0, 1] },
    y: { label: "last coordinate", scale: "linear", domain: [0, 1] },
    series: [
      { label: "first half", mark: "dot", ...part(0, half) },
      { label: "second half", mark: "dot", ...part(half, set.n) },
    ],
  };
}

/** What a product costs, with the matrix and without. */
export function costFigure(costs: readonly Cost[]): Figure {
  const series = (label: string, pick: (cost: Cost) => number) => ({
    label,
    mark: "line" as const,
    x: costs.map(({ n }) => n),
    y: costs.map(pick),
  });
  return {
    id: "gram-cost",
    title: "One product of a Gram matrix with a vector",
    caption:
      "The dense product has the matrix at hand already, and needs eight bytes an entry of it: at 65,536 points that would be 34 GB.",
    x: { label: "points", scale: "log" },
    y: { label: "time", unit: "s", scale: "log" },
    series: [
      series("dense, n² operations", ({ dense }) => dense),
      series("fast, n log n operations", ({ fast }) => fast),
    ],
  };
}

/** How far from the truth each stopping rule ended, against its tolerance. */
export function toleranceFigure(kept: readonly Kept[], absTol: number): Figure {
  const all = kept.flatMap(({ rule, errors }) => errors.map((error) => ({ rule, error })));
  return {
    id: "tolerance",
    title: `Errors at a tolerance of ${absTol}`,
    caption: `Keister's integrand in three dimensions, a dot a seed. Mean points: ${kept
      .map(({ rule, points }) => `${rule} ${Math.round(points).toLocaleString("en")}`)
      .join("; ")}.`,
    x: { label: "rule", scale: "category" },
    y: { label: "error", scale: "log" },
    series: [
      {
        label: "error",
        mark: "dot",
        x: all.map(({ rule }) => rule),
        y: all.map(({ error }) => Math.max(error, 1e-12)),
      },
      {
        label: "tolerance",
        mark: "line",
        x: kept.map(({ rule }) => rule),
        y: kept.map(() => absTol),
      },
    ],
  };
}
