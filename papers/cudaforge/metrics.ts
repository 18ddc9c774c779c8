import type { Rng } from "@daily-kernel/compute";
import {
  allPoints,
  fitLinear,
  type MetricRun,
  mean,
  predictLinear,
  relativeTimes,
} from "@daily-kernel/forge";
import type { Table } from "./kernels.ts";
import type { Problem } from "./problems.ts";

/** Counters that are the run time in another unit: a model must not see them. */
const times = new Set([
  "nanoseconds",
  "gflops",
  "gigabytesPerSecond",
  "roofShare",
  "arithmeticShare",
  "memoryShare",
]);

/** Some template kernels of each problem, with what was counted but the time itself. */
export async function sampleKernels(
  problems: readonly Problem[],
  count: number,
  table: Table,
  rng: Rng,
  breathe: (done: number) => Promise<void>,
): Promise<MetricRun[]> {
  const runs: MetricRun[] = [];
  for (const [p, problem] of problems.entries()) {
    const points = rng.spawn(problem.name).shuffle(allPoints(problem.space)).slice(0, count);
    for (const [i, point] of points.entries()) {
      await breathe((p + i / points.length) / problems.length);
      const kernel = await table.kernel(problem, point);
      if (!kernel) continue;
      const counters = Object.fromEntries(
        Object.entries(kernel.counters).filter(([name]) => !times.has(name)),
      );
      runs.push({ task: problem.name, ns: kernel.timing.fastestNs, counters });
    }
  }
  return runs;
}

/** All counters that the runs have. */
export const namesOf = (runs: readonly MetricRun[]): string[] =>
  [...new Set(runs.flatMap(({ counters }) => Object.keys(counters)))].sort();

/** R squared of log run times within tasks, each task predicted by a model of the others. */
export function heldOut(
  runs: readonly MetricRun[],
  names: readonly string[],
  fit: typeof fitLinear = fitLinear,
): number {
  const tasks = [...new Set(runs.map(({ task }) => task))];
  let [left, whole] = [0, 0];
  for (const task of tasks) {
    const model = fit(
      runs.filter((run) => run.task !== task),
      names,
    );
    const own = runs.filter((run) => run.task === task);
    const truth = relativeTimes(own);
    const predicted = own.map(({ counters }) => predictLinear(model, counters));
    // Only what tells kernels of one task apart is asked for: levels differ by task.
    const level = mean(predicted);
    for (const [i, y] of truth.entries()) {
      left += (y - (predicted[i]! - level)) ** 2;
      whole += y ** 2;
    }
  }
  return 1 - left / whole;
}

/** Selected counters whose correlation with run time changes its sign between tasks. */
export function signConflicts(runs: readonly MetricRun[], selected: readonly string[]): string[] {
  const tasks = Map.groupBy(runs, ({ task }) => task);
  return selected.filter((name) => {
    const signs = [...tasks.values()].map((group) => {
      const y = group.map(({ ns }) => ns);
      const x = group.map(({ counters }) => counters[name] ?? 0);
      const [mx, my] = [mean(x), mean(y)];
      return Math.sign(x.reduce((sum, each, i) => sum + (each - mx) * (y[i]! - my), 0));
    });
    return signs.includes(1) && signs.includes(-1);
  });
}
