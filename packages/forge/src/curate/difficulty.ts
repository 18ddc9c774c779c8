import { checkType, domainError, typeError } from "@daily-kernel/compute";
import { checkPool } from "./check-pool.ts";
import type { TracePool } from "./trace-pool.ts";

/** Average reasoning length of every task, in tokens, over all its samples. */
export function arl(pool: TracePool): Map<string, number> {
  checkPool("arl", pool);
  const { table } = pool;
  const sums = new Float64Array(table.tasks.all.length);
  const counts = new Uint32Array(table.tasks.all.length);
  for (let i = 0; i < table.rows; i++) {
    sums[table.task[i]!]! += table.tokens[i]!;
    counts[table.task[i]!]! += 1;
  }
  return new Map(table.tasks.all.map((task, t) => [task, sums[t]! / counts[t]!]));
}

/**
 * Tasks in `bins` classes of about equal size by a value that grows with difficulty, 0 the easiest.
 * The class of a task is that of the mean rank of its value: tasks of equal value are never parted.
 */
export function difficultyBins(values: ReadonlyMap<string, number>, bins = 3): Map<string, number> {
  if (!Number.isSafeInteger(bins) || bins < 1) {
    throw domainError(`difficultyBins: bins must be an integer >= 1, got ${bins}`);
  }
  checkType(values instanceof Map, "difficultyBins", "values", "a Map", values);
  for (const [task, value] of values) {
    if (!Number.isFinite(value))
      throw domainError(`difficultyBins: values must be finite, got ${value} for ${task}`);
  }
  const sorted = [...values].sort(([, a], [, b]) => a - b);
  const found = new Map<string, number>();
  for (let from = 0; from < sorted.length; ) {
    let to = from + 1;
    while (to < sorted.length && sorted[to]![1] === sorted[from]![1]) to++;
    const middle = (from + to) / 2; // mean rank, counted from 1/2
    const bin = Math.min(bins - 1, Math.floor((bins * middle) / sorted.length));
    for (const [task] of sorted.slice(from, to)) found.set(task, bin);
    from = to;
  }
  return new Map([...values.keys()].map((task) => [task, found.get(task)!]));
}

/** Tasks that both have, as two columns. */
export function common(
  where: string,
  a: ReadonlyMap<string, number>,
  b: ReadonlyMap<string, number>,
): { x: Float64Array; y: Float64Array } {
  checkType(a instanceof Map, where, "a", "a Map", a);
  checkType(b instanceof Map, where, "b", "a Map", b);
  const tasks = [...a.keys()].filter((task) => b.has(task));
  if (tasks.length < 2)
    throw typeError(`${where}: two tasks in common are needed, got ${tasks.length}`);
  return {
    x: Float64Array.from(tasks, (task) => a.get(task)!),
    y: Float64Array.from(tasks, (task) => b.get(task)!),
  };
}
