import type { Figure } from "@daily-kernel/reproduction";
import type { Choice } from "./digits.ts";
import type { TailIndex } from "./direct.ts";
import type { Mean } from "./edge.ts";

/** Survival of the estimates over their median, on log axes: a power law is a line. */
export function tailFigure(logs: readonly Float64Array[], ratios: readonly number[]): Figure {
  return {
    id: "tails",
    title: "Estimates at one point over data sets of 20,000 points in 20 dimensions",
    caption:
      "How often the estimate exceeds a multiple of its median. A straight line is a power law; its slope is minus the tail index. Rare data sets give a hundred times the usual estimate below the freezing bandwidth.",
    x: { label: "estimate / its median", scale: "log" },
    y: { label: "fraction of data sets above", scale: "log" },
    series: ratios.map((ratio, k) => {
      const sorted = logs[k]!.toSorted().reverse();
      const n = sorted.length;
      const median = sorted[n >> 1]!;
      const shown = Array.from({ length: 60 }, (_, i) => Math.floor((n / 2) ** (i / 59)) - 1);
      const ranks = [...new Set(shown)].filter((rank) => sorted[rank]! > median);
      return {
        label: `h = ${ratio} h_G`,
        mark: "line",
        x: ranks.map((rank) => Math.exp(sorted[rank]! - median)),
        y: ranks.map((rank) => (rank + 1) / n),
      };
    }),
  };
}

export function indexFigure(found: readonly TailIndex[]): Figure {
  const x = found.map(({ ratio }) => ratio);
  return {
    id: "tail-index",
    title: "Tail index of the estimate",
    caption:
      "Hill's estimator with two standard errors, and the prediction (h / h_G)^2. Above one, Hill's estimator overshoots at this size: the law's power-law part is short.",
    x: { label: "bandwidth / freezing bandwidth", scale: "linear" },
    y: { label: "tail index", scale: "linear" },
    series: [
      {
        label: "Hill's estimator",
        mark: "dot",
        x,
        y: found.map(({ index }) => index),
        interval: found.map(({ index, error }) => [index - 2 * error, index + 2 * error] as const),
      },
      { label: "prediction", mark: "line", x, y: x.map((ratio) => ratio ** 2) },
    ],
  };
}

export function participationFigure(means: readonly Mean[], ratios: readonly number[]): Figure {
  return {
    id: "participation",
    title: "How few points count, by dimension",
    caption:
      "Mean sum of squared weights with log(n) = d / 2: simulated with two standard errors, by quadrature, and the limit 1 - (h / h_G)^2, which is approached from above.",
    x: { label: "dimension d", scale: "log" },
    y: { label: "mean sum of squared weights", scale: "linear", domain: [0, 1] },
    series: ratios.flatMap((ratio) => {
      const own = means.filter((mean) => mean.ratio === ratio);
      const x = own.map(({ d }) => d);
      return [
        {
          label: `${ratio} h_G`,
          mark: "dot" as const,
          x,
          y: own.map(({ participation }) => participation),
          interval: own.map(
            ({ participation: y, participationError: e }) => [y - 2 * e, y + 2 * e] as const,
          ),
        },
        {
          label: `${ratio} h_G, quadrature`,
          mark: "line" as const,
          x,
          y: own.map(({ expected }) => expected.participation),
        },
        { label: `${ratio} h_G, limit`, mark: "line" as const, x, y: x.map(() => 1 - ratio ** 2) },
      ];
    }),
  };
}

/** Mean log density per dimension, less the best: one curve a dimension. */
export function bestFigure(curves: readonly (readonly Mean[])[]): Figure {
  return {
    id: "best-bandwidth",
    title: "Which bandwidth fits best, by dimension",
    caption:
      "Mean log density per dimension below its best, with log(n) = d / 2. The best moves from above the freezing bandwidth to below it as the dimension grows.",
    x: { label: "bandwidth / freezing bandwidth", scale: "linear" },
    y: { label: "mean log density per dimension, less the best", scale: "linear" },
    series: curves.map((means) => {
      const d = means[0]!.d;
      const best = means.reduce(
        (most, mean) => Math.max(most, mean.expected.logDensity),
        -Infinity,
      );
      return {
        label: `d = ${d}`,
        mark: "line",
        x: means.map(({ ratio }) => ratio),
        y: means.map(({ expected }) => (expected.logDensity - best) / d),
      };
    }),
  };
}

export function digitsFigure(choices: readonly Choice[]): Figure {
  return {
    id: "digits",
    title: "Leave-one-out likelihood of handwritten digits",
    caption:
      "Mean log density less the best. Digits prefer a bandwidth far below the freezing bandwidth of Gaussian data with their covariance; that Gaussian data itself, at this size, does not.",
    x: { label: "bandwidth / freezing bandwidth", scale: "linear" },
    y: { label: "mean log density, less the best", scale: "linear", domain: [-10, 0] },
    series: choices.map(({ label, ratios, logLikelihood, best }) => {
      const most = logLikelihood[ratios.indexOf(best)]!;
      const shown = ratios.flatMap((ratio, k) => {
        const y = logLikelihood[k]! - most;
        return y > -10 ? [{ ratio, y }] : [];
      });
      return { label, mark: "line", x: shown.map((p) => p.ratio), y: shown.map((p) => p.y) };
    }),
  };
}
