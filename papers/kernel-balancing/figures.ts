import type { Figure } from "@daily-kernel/reproduction";
import type { Comparison } from "./compare.ts";
import { mean } from "./intervals.ts";

/** AUC by method, the smallest and largest seed as ends of the bars. */
export function aucFigure({ auc, biased }: Comparison): Figure {
  const rows = [...Object.entries(auc), ["MF with biases", biased] as const];
  return {
    id: "auc",
    title: "Ranking what users were shown at random",
    caption:
      "AUC on randomised ratings: mean over seeds, smallest to largest. All methods but the last share one base model; the last is plain and unweighted, with biases, a small start and twice the decay.",
    x: { label: "method", scale: "category" },
    y: { label: "AUC", scale: "linear" },
    series: [
      {
        label: "mean over seeds",
        mark: "dot",
        x: rows.map(([method]) => method),
        y: rows.map(([, values]) => mean(values)),
        interval: rows.map(([, values]) => [Math.min(...values), Math.max(...values)] as const),
      },
    ],
  };
}

/** The signed bias of each estimator for each prediction. */
export function biasFigure(biases: Readonly<Record<string, readonly number[]>>): Figure {
  return {
    id: "bias",
    title: "Bias where the truth is known",
    caption:
      "Estimated less true mean squared error of four predictions on completed Coat: likes and observations are drawn from known chances.",
    x: { label: "prediction", scale: "category" },
    y: { label: "bias", scale: "linear" },
    series: Object.entries(biases).map(([label, y]) => ({
      label,
      mark: "bar",
      x: ["constant 0.5", "constant 0.2", "squared truth", "reversed truth"],
      y,
    })),
  };
}
