import type { LengthBin } from "@daily-kernel/forge";
import type { Figure } from "@daily-kernel/reproduction";
import { passAtOne, type Scores } from "./miniature.ts";

/** Accuracy over length, all tasks mixed. */
export const lengthFigure = (curve: readonly LengthBin[]): Figure => ({
  id: "accuracy-by-length",
  title: "Correct kernels by length of the trace",
  caption:
    "All tasks of the pool together, with Wilson intervals of 95 %. Such a curve alone cannot tell brevity from easy tasks; the regression within tasks can.",
  x: { label: "tokens of the trace", scale: "linear" },
  y: { label: "share of correct kernels", scale: "linear", domain: [0, 1] },
  series: [
    {
      label: "pool",
      mark: "line",
      x: curve.map(({ from, to }) => (from + to - 1) / 2),
      y: curve.map(({ accuracy }) => accuracy),
      interval: curve.map(({ interval }) => interval),
    },
  ],
});

/** Mean length beside the failure rate of the independent proposer, a dot a task. */
export const difficultyFigure = (
  lengths: ReadonlyMap<string, number>,
  failures: ReadonlyMap<string, number>,
): Figure => {
  const kinds = [...new Set([...lengths.keys()].map((id) => id.split(" ")[0]!))];
  return {
    id: "length-and-difficulty",
    title: "Length of traces and difficulty of tasks",
    caption:
      "A dot a task: the mean length of its searches, and how often a random schedule fails on it. Were length a measure of difficulty, the dots would rise.",
    x: { label: "mean tokens of a trace", scale: "linear" },
    y: { label: "failures of random schedules", scale: "linear", domain: [0, 1] },
    series: kinds.map((kind) => {
      const ids = [...lengths.keys()].filter((id) => id.startsWith(`${kind} `));
      return {
        label: kind,
        mark: "dot",
        x: ids.map((id) => lengths.get(id)!),
        y: ids.map((id) => failures.get(id)!),
      };
    }),
  };
};

/** What networks trained by each rule do on unseen tasks; error bars span the seeds. */
export const rulesFigure = (scores: readonly Scores[]): Figure => ({
  id: "pass-by-rule",
  title: "Unseen tasks solved at the first try, by what was trained on",
  caption:
    "One small transformer a rule and seed, the same number of samples and steps for all; bars reach the mean, whiskers the lowest and highest seed.",
  x: { label: "selection", scale: "category" },
  y: { label: "pass@1", scale: "linear", domain: [0, 1] },
  series: [
    {
      label: "pass@1",
      mark: "bar",
      x: scores.map(({ rule }) => rule),
      y: scores.map(passAtOne),
      interval: scores.map((score) => {
        const seeds = score.passes.map((passes) => passAtOne({ ...score, passes: [passes] }));
        return [Math.min(...seeds), Math.max(...seeds)] as const;
      }),
    },
  ],
});
