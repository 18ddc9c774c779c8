import { sideBySide } from "@daily-kernel/forge";
import {
  evaluate,
  type Sample,
  splitByGroup,
  type TokenMode,
} from "@daily-kernel/forge/cost-model";
import { type Subject, six } from "./subject.ts";

/** Two-sided 5 % point of Student's t with four degrees of freedom. */
const T4 = 2.776;

/** For each target the paired differences in log R2 over the seeds, and whether they are significant. */
export interface TokenComparison {
  readonly target: string;
  readonly differences: readonly number[];
  readonly significant: boolean;
}

/** Trains on the same samples with and without operands, on five splits with five beginnings. */
export async function compareTokens(
  train: Subject["train"],
  samples: readonly Sample[],
  {
    seed,
    size,
    epochs,
    signal,
  }: { seed: number; size: number; epochs: number; signal: AbortSignal },
  trained: () => Promise<void>,
): Promise<TokenComparison[]> {
  const modes = ["ops", "ops+operands"] as const satisfies TokenMode[];
  const jobs = [0, 1, 2, 3, 4].flatMap((k) => {
    const { train: all, test } = splitByGroup(samples, { seed: seed + k });
    return modes.map((mode) => async () => {
      const data = all.slice(0, size);
      const model = await train({ data, targets: six, mode, seed: seed + k, epochs, signal });
      await trained();
      const { scores } = evaluate(model, test);
      return six.map((target) => scores[target]!.r2);
    });
  });
  const scores = await sideBySide(jobs, 2);
  return six.map((target, j) => {
    const differences = [0, 1, 2, 3, 4].map((k) => scores[2 * k + 1]![j]! - scores[2 * k]![j]!);
    return { target, differences, significant: tStatistic(differences) > T4 };
  });
}

function tStatistic(x: readonly number[]): number {
  const mean = x.reduce((a, b) => a + b, 0) / x.length;
  const variance = x.reduce((a, v) => a + (v - mean) ** 2, 0) / (x.length - 1);
  return variance === 0 ? Math.sign(mean) * 1e9 : mean / Math.sqrt(variance / x.length);
}
