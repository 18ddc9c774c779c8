import type { MetricSelection } from "@daily-kernel/forge";
import { mean, median } from "@daily-kernel/forge";
import type { Figure } from "@daily-kernel/reproduction";
import type { Search } from "./search.ts";

/** Best speedups by method: seeds, problems, evaluations. */
export type Curves = Readonly<Record<string, readonly (readonly Search[])[]>>;

/** Mean and median over problems of the best so far. */
export function speedFigure(curves: Curves, statistic: "mean" | "median"): Figure {
  const of = statistic === "mean" ? mean : median;
  return {
    id: `speed-${statistic}`,
    title: `Best speedup by evaluations, ${statistic} over problems`,
    caption:
      statistic === "mean"
        ? "Means over problems and seeds; matrix products, with speedups of tens, decide them."
        : "The median problem is bound by memory, and there is little to win: what a mean hides.",
    x: { label: "evaluations", scale: "linear" },
    y: { label: "speedup over the plain kernel", scale: "log" },
    series: Object.entries(curves).map(([label, seeds]) => {
      const steps = seeds[0]![0]!.best.length;
      const x = Array.from({ length: steps }, (_, i) => i + 1);
      const y = x.map((step) =>
        mean(seeds.map((searches) => of(searches.map(({ best }) => best[step - 1]!)))),
      );
      return { label, mark: "line" as const, x, y };
    }),
  };
}

/** Which counters were chosen, and how strongly they go with run time. */
export function metricFigure({ scores, selected, threshold }: MetricSelection): Figure {
  const bars = (kept: boolean) => {
    const shown = scores.filter(({ name }) => selected.includes(name) === kept);
    return { x: shown.map(({ name }) => name), y: shown.map(({ score }) => score) };
  };
  return {
    id: "metrics",
    title: "Counters by their correlation with run time",
    caption: `Mean |r| over the tasks that voted for a counter; those at or above ${threshold.toFixed(2)} with two votes of one sign are selected.`,
    x: { label: "counter", scale: "category" },
    y: { label: "mean |r|", scale: "linear" },
    series: [
      { label: "selected", mark: "bar", ...bars(true) },
      { label: "left out", mark: "bar", ...bars(false) },
    ],
  };
}
