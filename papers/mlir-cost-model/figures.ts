import type { Evaluation } from "@daily-kernel/forge/cost-model";
import type { Figure } from "@daily-kernel/reproduction";
import { six } from "./subject.ts";
import type { TokenComparison } from "./tokens.ts";

type Scored = readonly (readonly [label: string, evaluation: Evaluation])[];

const bars = (
  scored: Scored,
  pick: (evaluation: Evaluation, target: (typeof six)[number]) => number,
) =>
  scored.map(([label, evaluation]) => ({
    label,
    mark: "bar" as const,
    x: six,
    y: six.map((target) => pick(evaluation, target)),
  }));

export const scoreFigure = (scored: Scored): Figure => ({
  id: "scores",
  title: "Explained variance of log(1 + value) on unseen functions",
  caption:
    "The mean scores about 0 by construction; a share of the variance is what a compiler could use. All on the same test functions, whose near-duplicates are not in training.",
  x: { label: "target", scale: "category" },
  y: { label: "log R2", scale: "linear" },
  series: bars(scored, ({ scores }, target) => scores[target]?.r2 ?? 0),
});

export const rangeFigure = (scored: Scored): Figure => ({
  id: "range",
  title: "The same predictions in % of the range",
  caption:
    "The metric that was reported: on skewed targets the mean is nearly as good as any model, because a few large functions set the range.",
  x: { label: "target", scale: "category" },
  y: { label: "root-mean-square error", unit: "% of the range", scale: "linear" },
  series: bars(scored, ({ scores }, target) => scores[target]?.rmsePctRange ?? 0),
});

export const tokenFigure = (comparisons: readonly TokenComparison[]): Figure => ({
  id: "tokens",
  title: "What operands and shapes add to operation names",
  caption: "Mean difference in log R2 over five splits and beginnings, with its range.",
  x: { label: "target", scale: "category" },
  y: { label: "difference in log R2", scale: "linear" },
  series: [
    {
      label: "with operands - without",
      mark: "bar",
      x: comparisons.map(({ target }) => target),
      y: comparisons.map(({ differences: d }) => d.reduce((a, b) => a + b, 0) / d.length),
      interval: comparisons.map(({ differences: d }) => [Math.min(...d), Math.max(...d)] as const),
    },
  ],
});

export const generalisationFigure = (
  rows: readonly { label: string; inside: Evaluation; outside: Evaluation }[],
): Figure => ({
  id: "generalisation",
  title: "What is lost on a dialect, or on sizes, that training has not seen",
  caption:
    "Log R2 on the left-out functions by a model that was trained with functions of their kind, and by one that was not. Below 0 it is worse than their mean.",
  x: { label: "target", scale: "category" },
  y: { label: "log R2, cut off at -1", scale: "linear" },
  series: rows.flatMap(({ label, inside, outside }) =>
    bars(
      [
        [`${label}: seen`, inside],
        [`${label}: not seen`, outside],
      ],
      ({ scores }, target) => Math.max(-1, scores[target]?.r2 ?? 0),
    ),
  ),
});

export const regretFigure = (
  rows: readonly { label: string; regrets: readonly number[] }[],
): Figure => ({
  id: "regret",
  title: "Measured time lost by choosing one of eight schedules by prediction",
  caption:
    "Kernels in order of what the choice costs; 100 % is twice the time of the best schedule. The mean is dominated by the right end.",
  x: { label: "share of the kernels", unit: "%", scale: "linear" },
  y: { label: "time over the best - 1", unit: "%", scale: "linear" },
  series: rows.map(({ label, regrets }) => {
    const sorted = regrets.toSorted((a, b) => a - b);
    return {
      label,
      mark: "line",
      x: sorted.map((_, i) => (100 * (i + 1)) / sorted.length),
      y: sorted.map((r) => 100 * r),
    };
  }),
});
