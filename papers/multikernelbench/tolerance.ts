import type { acceptedAnswers, Task } from "@daily-kernel/forge";

export const TOLERANCES = [1e-2, 1e-4] as const;

/** The tasks that take an answer which computes nothing, for each tolerance. */
export interface Taken {
  readonly tolerance: number;
  readonly zeros: readonly string[];
  readonly constant: readonly string[];
  /** The answer to other inputs. */
  readonly replay: readonly string[];
}

/** Asks of every task which empty answers pass on five draws of its inputs, the weights as published. */
export async function taken(
  suite: readonly Task[],
  accepts: typeof acceptedAnswers,
  { seed, maxElements }: { readonly seed: number; readonly maxElements: number },
  breathe: (done: number) => Promise<void>,
): Promise<readonly Taken[]> {
  const lists = TOLERANCES.map((tolerance) => ({
    tolerance,
    zeros: [] as string[],
    constant: [] as string[],
    replay: [] as string[],
  }));
  for (const [i, task] of suite.entries()) {
    await breathe(i / suite.length);
    const dims = task.scaled(maxElements);
    const answers = accepts(task, { seeds: 5, seed, dims, tolerances: TOLERANCES });
    for (const [k, answer] of answers.entries()) {
      for (const kind of ["zeros", "constant", "replay"] as const) {
        if (answer[kind]) lists[k]?.[kind].push(task.id);
      }
    }
  }
  return lists;
}
