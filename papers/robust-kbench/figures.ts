import type { Figure } from "@daily-kernel/reproduction";
import type { Outcome } from "./duel.ts";

const rows = ["strict judge", "weak judge"];

/** One dot a kernel and judge, by what was said. */
export function matrixFigure(outcomes: readonly Outcome[], seeds: number): Figure {
  const label = ({ backend, name }: Outcome) => `${backend} ${name}`;
  const series = (honest: boolean, accepted: boolean) => {
    const kernels = outcomes.filter((outcome) => outcome.honest === honest);
    const strict = kernels.filter(({ acceptedBy }) =>
      accepted ? acceptedBy.length > 0 : acceptedBy.length < seeds,
    );
    const weak = kernels.filter((outcome) => (outcome.weak === "accepted") === accepted);
    return {
      label: `${honest ? "honest" : "cheating"}, ${accepted ? "accepted" : "rejected"}`,
      mark: "dot" as const,
      x: [...strict, ...weak].map(label),
      y: [...strict.map(() => 1), ...weak.map(() => 2)],
    };
  };
  return {
    id: "judges",
    title: "Two judges, one gallery",
    caption: `Each dot is a kernel before a judge: row 1 the ${rows[0]} (${seeds} master seeds), row 2 the ${rows[1]}.`,
    x: { label: "kernel", scale: "category" },
    y: { label: "judge", scale: "linear", domain: [0, 3] },
    series: [
      series(false, true),
      series(false, false),
      series(true, true),
      series(true, false),
    ].filter(({ x }) => x.length > 0),
  };
}

/** Which rule rejected how many cheats. */
export function ruleFigure(outcomes: readonly Outcome[]): Figure {
  const counts = new Map<string, number>();
  for (const { honest, rule } of outcomes)
    if (!honest && rule) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  return {
    id: "rules",
    title: "What gave the cheats away",
    caption: "The rule that the strict judge named first, by cheating kernel.",
    x: { label: "rule", scale: "category" },
    y: { label: "cheating kernels", scale: "linear" },
    series: [
      {
        label: "kernels",
        mark: "bar",
        x: sorted.map(([rule]) => rule),
        y: sorted.map(([, count]) => count),
      },
    ],
  };
}
