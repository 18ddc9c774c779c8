import type { Figure } from "@daily-kernel/reproduction";
import type { Comparison } from "./compare.ts";
import { mean } from "./intervals.ts";
import type { Searched } from "./search.ts";

/** AUC by method, the smallest and largest seed as ends of the bars. */
export function aucFigure({ auc, released }: Comparison): Figure {
  const rows = [
    ...Object.entries(auc),
    ...Object.entries(released).map(
      ([method, values]) => [`${method}, as released`, values] as const,
    ),
  ];
  return {
    id: "auc",
    title: "Ranking what users were shown at random",
    caption:
      "AUC on randomised ratings: mean over seeds, smallest to largest. Settings were chosen by SNIPS on held-out ratings of one's own choice. All share one base model but MF with biases, which has biases, a small start and no weights, and what is trained as released, with its authors' settings.",
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

/** What the search for settings saw: the least and the largest loss of each method's trials. */
export function searchFigure(found: Searched): Figure {
  const rows = Object.entries(found);
  return {
    id: "search",
    title: "Choosing settings without randomised ratings",
    caption:
      "SNIPS log loss on held-out ratings of one's own choice: of the settings that were taken, up to the worst that were tried, as many for each method.",
    x: { label: "method", scale: "category" },
    y: { label: "SNIPS log loss", scale: "linear" },
    series: [
      {
        label: "chosen, to the worst tried",
        mark: "dot",
        x: rows.map(([method]) => method),
        y: rows.map(([, { loss }]) => loss),
        interval: rows.map(([, { loss, worst }]) => [loss, worst] as const),
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
