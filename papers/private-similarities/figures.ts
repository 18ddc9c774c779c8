import type { Figure } from "@daily-kernel/reproduction";
import type { Audited } from "./audits.ts";

/** Standard deviation of the noise against one parameter, with the theorem's line through the first. */
export function noiseFigure(
  id: string,
  label: string,
  x: readonly number[],
  measured: readonly number[],
  stated: readonly number[],
  exponent: number,
): Figure {
  return {
    id,
    title: `Noise of a private l1 sum against ${label}`,
    caption:
      "Dots: standard deviation measured over releases. Lines: what each answer says of its own noise, and the power that the theorem states, drawn through the first dot.",
    x: { label, scale: "log" },
    y: { label: "standard deviation of the noise", scale: "log" },
    series: [
      { label: "measured", mark: "dot", x, y: measured },
      { label: "stated by the answer", mark: "line", x, y: stated },
      {
        label: `power ${exponent}`,
        mark: "line",
        x,
        y: x.map((value) => measured[0]! * (value / x[0]!) ** exponent),
      },
    ],
  };
}

/** Relative errors of the queries of the flights, sorted. */
export function errorsFigure(
  series: readonly { label: string; errors: readonly number[] }[],
): Figure {
  return {
    id: "flights",
    title: "Private l1 sums over 231,083 flights",
    caption:
      "Relative error of each query in per cent, sorted. Shells overestimate by up to alpha by design; offsets have noise only.",
    x: { label: "query, by error", scale: "linear" },
    y: { label: "relative error", unit: "%", scale: "linear" },
    series: series.map(({ label, errors }) => ({
      label,
      mark: "line",
      x: errors.map((_, i) => i + 1),
      y: errors.toSorted((a, b) => a - b),
    })),
  };
}

/** Accuracy on digits against epsilon. */
export function accuracyFigure(
  series: readonly { label: string; epsilon: readonly number[]; accuracy: readonly number[] }[],
): Figure {
  return {
    id: "digits",
    title: "Digits labelled by private average similarity",
    caption:
      "Per cent of 2,000 test digits, mean over seeds. Few features stand small epsilons better and end lower; the exact similarity needs no features and keeps no secret.",
    x: { label: "epsilon", scale: "log" },
    y: { label: "right", unit: "%", scale: "linear" },
    series: series.map(({ label, epsilon, accuracy }) => ({
      label,
      mark: epsilon.length > 1 ? "line" : "dot",
      x: epsilon,
      y: accuracy,
    })),
  };
}

/** What the auditor could prove of each structure. */
export function auditFigure(honest: readonly Audited[], halved: readonly Audited[]): Figure {
  const bars = (label: string, audited: readonly Audited[]) => ({
    label,
    mark: "bar" as const,
    x: audited.map(({ name }) => name),
    y: audited.map(({ ratio }) => ratio),
  });
  return {
    id: "audit",
    title: "Privacy loss that an auditor can prove, over the declared epsilon",
    caption:
      "Lower bounds from black-box runs on worst-case neighbours. Above 1 the promise is broken, as with half the noise; a bound below 1 is no proof of privacy, only a failed attack.",
    x: { label: "structure", scale: "category" },
    y: { label: "bound / epsilon", scale: "linear" },
    series: [bars("as published", honest), bars("half the noise", halved)],
  };
}

interface OwnAnswer {
  readonly at: number;
  readonly exact: number;
  readonly value: number;
  readonly noiseStd: number;
}

/** Answers along the first number of the reader's records. */
export const ownFigure = (line: readonly OwnAnswer[]): Figure => ({
  id: "own-answers",
  title: "Exact and private sums along the first number",
  caption:
    "The other numbers are those of the first point. One release answers all of it; the outer lines are two standard deviations of its noise away. Similarities err by the random features, too.",
  x: { label: "first number", scale: "linear" },
  y: { label: "sum", scale: "linear" },
  series: (
    [
      ["exact", ({ exact }) => exact],
      ["private", ({ value }) => value],
      ["private, less two deviations", ({ value, noiseStd }) => value - 2 * noiseStd],
      ["private, and two deviations", ({ value, noiseStd }) => value + 2 * noiseStd],
    ] as [string, (answer: OwnAnswer) => number][]
  ).map(([label, of]) => ({ label, mark: "line", x: line.map(({ at }) => at), y: line.map(of) })),
});
