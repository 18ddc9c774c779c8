import type { Figure } from "@daily-kernel/reproduction";
import type { AdapterResult } from "./adapters.ts";
import type { TableErrors } from "./closed-form.ts";
import type { ErrorCurve, VarianceCheck } from "./pointwise.ts";

/** Errors over the number of draws, with what the exact variance predicts. */
export const errorFigure = (curves: readonly ErrorCurve[]): Figure => ({
  id: "error-by-features",
  title: "Error of an estimated neuron",
  caption:
    "Dots: measured over random inputs of length 0.4 and weights of length 0.8 in eight dimensions. Lines: what the exact variance predicts. M is the tilt of the projections' density.",
  x: { label: "draws m", scale: "log" },
  y: { label: "root-mean-square error", scale: "log" },
  series: curves.flatMap(({ label, draws, rmse, predicted }) => [
    { label, mark: "dot", x: draws, y: rmse },
    { label: `${label}, predicted`, mark: "line", x: draws, y: predicted },
  ]),
});

/** Measured over exact variance. */
export const varianceFigure = (checks: readonly VarianceCheck[]): Figure => ({
  id: "variance",
  title: "Variance of one draw of the cosine",
  caption:
    "The exact variance grows exponentially with the lengths of input and weights; the measured one follows it.",
  x: { label: "lengths", scale: "category" },
  y: { label: "variance", scale: "linear" },
  series: (["exact", "measured"] as const).map((label) => ({
    label,
    mark: "bar",
    x: checks.map(({ label }) => label),
    y: checks.map((check) => check[label]),
  })),
});

/** Test errors of the closed form and its controls, relative to linear regression. */
export const closedFormFigure = (results: readonly TableErrors[]): Figure => {
  const names = Object.keys(results[0]!.controls).filter((label) => label !== "linear regression");
  const relative = (error: number, { controls }: TableErrors) =>
    error / controls["linear regression"]!;
  return {
    id: "closed-form",
    title: "Nets fitted in closed form",
    caption:
      "Test errors divided by those of linear regression on the raw columns: below 1 is better than linear.",
    x: { label: "UCI table", scale: "category" },
    y: { label: "test error against linear regression", scale: "linear" },
    series: [
      {
        label: "two bundled layers",
        mark: "bar",
        x: results.map(({ table }) => table),
        y: results.map((result) => relative(result.net, result)),
      },
      ...names.map((label) => ({
        label,
        mark: "bar" as const,
        x: results.map(({ table }) => table),
        y: results.map((result) => relative(result.controls[label]!, result)),
      })),
    ],
  };
};

/** Accuracy over the number of parameters, one dot a seed. */
export const adapterFigure = (runs: readonly AdapterResult[][]): Figure => ({
  id: "adapters",
  title: "Adapters between two frozen layers",
  caption:
    "Each dot is one seed. Parameters are those between the frozen layers; 1 stands for none.",
  x: { label: "trained parameters of the adapter", scale: "log" },
  y: { label: "accuracy on new digits", unit: "%", scale: "linear" },
  series: (runs[0] ?? []).map(({ label }, k) => ({
    label,
    mark: "dot",
    x: runs.map((run) => Math.max(1, run[k]!.parameters)),
    y: runs.map((run) => run[k]!.accuracy),
  })),
});
