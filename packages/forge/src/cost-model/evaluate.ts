import { checkType } from "@daily-kernel/compute";
import type { Sample } from "./data/data-set.ts";
import { mean, rootMeanSquare, rSquared, spearman } from "./statistics.ts";
import type { Target } from "./targets.ts";

/** Predicts the targets of one-function texts: a cost model or one of the baselines. */
export interface Predictor {
  readonly targets: readonly Target[];
  /** For each text a value of each target, in their order and unit. */
  estimate(texts: readonly string[]): readonly (readonly number[])[];
}

/** How well a target is predicted. */
export interface Score {
  readonly n: number;
  /** Root-mean-square error in % of the range of the true values. Flatters everything on skewed targets. */
  readonly rmsePctRange: number;
  /** Root-mean-square error of log(1 + value). */
  readonly rmseLog: number;
  /** Share of the variance of log(1 + value) that is explained. */
  readonly r2: number;
  readonly spearman: number;
  readonly perDialect: Readonly<Record<string, { n: number; r2: number; spearman: number }>>;
}

export interface Evaluation {
  readonly scores: Readonly<Partial<Record<Target, Score>>>;
  /** Mean of (time of the variant with the least predicted time) / (least time) - 1; of variants alone. */
  readonly top1Regret?: number;
}

/**
 * Scores predictions on samples, and the choice among variants by predicted `nanoseconds` where
 * variants are given and the predictor knows that target.
 */
export function evaluate(
  predictor: Predictor,
  samples: readonly Sample[],
  variants: readonly (readonly Sample[])[] = [],
): Evaluation {
  checkType(Array.isArray(samples), "evaluate", "samples", "an array of samples", samples);
  const predicted = predictor.estimate(samples.map(({ text }) => text));
  const scores: Partial<Record<Target, Score>> = {};
  for (const [j, target] of predictor.targets.entries()) {
    const known = [...samples.keys()].filter((i) => samples[i]!.values[target] !== undefined);
    if (known.length < 2) continue;
    scores[target] = scoreOf(
      known.map((i) => predicted[i]![j]!),
      known.map((i) => samples[i]!.values[target]!),
      known.map((i) => samples[i]!.family),
    );
  }
  const time = predictor.targets.indexOf("nanoseconds");
  if (variants.length === 0 || time < 0) return { scores };
  return { scores, top1Regret: mean(regrets(predictor, variants)) };
}

function scoreOf(predicted: number[], truth: number[], dialects: string[]): Score {
  const [p, t] = [predicted.map(Math.log1p), truth.map(Math.log1p)];
  const perDialect: Record<string, { n: number; r2: number; spearman: number }> = {};
  for (const dialect of new Set(dialects)) {
    const mine = [...dialects.keys()].filter((i) => dialects[i] === dialect);
    const [a, b] = [mine.map((i) => p[i]!), mine.map((i) => t[i]!)];
    perDialect[dialect] = { n: mine.length, r2: rSquared(a, b), spearman: spearman(a, b) };
  }
  const range = Math.max(...truth) - Math.min(...truth);
  const rmse = rootMeanSquare(truth.map((v, i) => v - predicted[i]!));
  return {
    n: truth.length,
    rmsePctRange: range === 0 ? 0 : (100 * rmse) / range,
    rmseLog: rootMeanSquare(t.map((v, i) => v - p[i]!)),
    r2: rSquared(p, t),
    spearman: spearman(p, t),
    perDialect,
  };
}

/** For each kernel, time of the variant that is predicted fastest over the fastest, less 1. */
export function regrets(predictor: Predictor, variants: readonly (readonly Sample[])[]): number[] {
  const time = predictor.targets.indexOf("nanoseconds");
  const predicted = predictor.estimate(variants.flat().map(({ text }) => text));
  let at = 0;
  return variants.map((of) => {
    const guesses = of.map(() => predicted[at++]![time]!);
    const times = of.map(({ values }) => values.nanoseconds!);
    return times[guesses.indexOf(Math.min(...guesses))]! / Math.min(...times) - 1;
  });
}
