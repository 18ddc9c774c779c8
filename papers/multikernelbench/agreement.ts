import { Rng } from "@daily-kernel/compute";
import type { Dims, KernelTensor, Task } from "@daily-kernel/forge";
import { peer } from "./peers/answers.ts";

/** A task's first output in double precision. */
export type Values = (task: Task, inputs: readonly KernelTensor[], dims: Dims) => Float64Array;

export const values: Values = (task, inputs, dims) =>
  task.values(inputs, dims)[0]?.data ?? new Float64Array();

export interface Agreement {
  readonly agreeing: number;
  readonly compared: number;
  readonly different: readonly string[];
  /** The largest difference of those that agree, relative to their largest magnitude. */
  readonly largest: number;
}

/** Draws the inputs that PyTorch had and compares what `compute` gives with the kept elements. */
export async function agreement(
  suite: readonly Task[],
  compute: Values,
  breathe: (done: number) => Promise<void>,
): Promise<Agreement> {
  const rng = new Rng(peer.seed);
  const kept = new Map(peer.answers.map((answer) => [answer.task, answer]));
  const different: string[] = [];
  let [compared, largest] = [0, 0];
  for (const [i, task] of suite.entries()) {
    await breathe(i / suite.length);
    const answer = kept.get(task.id);
    if (answer === undefined) continue;
    compared++;
    const dims = task.shapes.at(-1) as Dims;
    const [family] = task.families as [Task["families"][number]];
    const own = compute(task, task.draw(dims, family, rng.spawn(task.id).spawn(0)), dims);
    const scale = answer.largest || 1;
    const off = answer.elements.map(([at, value]) => Math.abs((own[at] as number) - value) / scale);
    const worst = Math.max(0, ...off);
    // NaN, an element that is not there, is no agreement.
    if (worst <= peer.tolerance) largest = Math.max(largest, worst);
    else different.push(task.id);
  }
  return { agreeing: compared - different.length, compared, different, largest };
}
