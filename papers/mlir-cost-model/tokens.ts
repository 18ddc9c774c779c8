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
  progress: (done: number) => Promise<void>,
): Promise<TokenComparison[]> {
  const differences = six.map(() => [] as number[]);
  for (let k = 0; k < 5; k++) {
    const { train: all, test } = splitByGroup(samples, { seed: seed + k });
    const scores: (readonly number[])[] = [];
    for (const mode of ["ops", "ops+operands"] as const satisfies TokenMode[]) {
      const model = await train({
        data: all.slice(0, size),
        targets: six,
        mode,
        seed: seed + k,
        epochs,
        signal,
      });
      const found = evaluate(model, test).scores;
      scores.push(six.map((target) => found[target]!.r2));
      await progress((2 * k + scores.length) / 10);
    }
    for (const [j, of] of differences.entries()) of.push(scores[1]![j]! - scores[0]![j]!);
  }
  return six.map((target, j) => ({
    target,
    differences: differences[j]!,
    significant: tStatistic(differences[j]!) > T4,
  }));
}

function tStatistic(x: readonly number[]): number {
  const mean = x.reduce((a, b) => a + b, 0) / x.length;
  const variance = x.reduce((a, v) => a + (v - mean) ** 2, 0) / (x.length - 1);
  return variance === 0 ? Math.sign(mean) * 1e9 : mean / Math.sqrt(variance / x.length);
}
