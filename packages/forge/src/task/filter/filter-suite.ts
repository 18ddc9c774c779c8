import type { Task } from "../task.ts";
import { type Filtered, type FilterOptions, type Flaw, filterTask } from "./filter-task.ts";

export interface FilterSuiteOptions extends Omit<FilterOptions, "dims"> {
  /** Elements of all inputs of a task at most; default 4096. */
  maxElements?: number;
  signal?: AbortSignal;
  /** Called after each task. */
  onProgress?: (progress: { done: number; of: number; task: string }) => void;
}

/** Tasks by flaw, and by tolerance those that take an answer which computes nothing. */
export interface FilterTable {
  readonly tasks: readonly Filtered[];
  readonly flaws: Readonly<Record<Flaw, readonly string[]>>;
  readonly accepting: readonly {
    readonly tolerance: number;
    readonly zeros: readonly string[];
    readonly constant: readonly string[];
    readonly replay: readonly string[];
  }[];
}

const flaws: readonly Flaw[] = [
  "near-constant",
  "no-spread-over-seeds",
  "flat-along-an-axis",
  "weights-do-not-matter",
  "inputs-do-not-matter",
];

/** Filters tasks one by one, yielding to others between them. */
export async function filterSuite(
  tasks: readonly Task[],
  options: FilterSuiteOptions = {},
): Promise<FilterTable> {
  const { maxElements = 4096, signal, onProgress, ...rest } = options;
  const filtered: Filtered[] = [];
  for (const task of tasks) {
    signal?.throwIfAborted();
    filtered.push(filterTask(task, { ...rest, dims: task.scaled(maxElements) }));
    onProgress?.({ done: filtered.length, of: tasks.length, task: task.id });
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return filterTable(filtered);
}

/** The counts of tasks that were filtered. */
function filterTable(filtered: readonly Filtered[]): FilterTable {
  const ids = (accept: (task: Filtered) => boolean) => filtered.filter(accept).map(({ id }) => id);
  const tolerances = filtered[0]?.accepts.map(({ tolerance }) => tolerance) ?? [];
  const byFlaw = flaws.map((flaw) => [
    flaw,
    ids((task) => task.flaws.some((m) => m.flaw === flaw && m.found)),
  ]);
  return {
    tasks: filtered,
    flaws: Object.fromEntries(byFlaw) as FilterTable["flaws"],
    accepting: tolerances.map((tolerance, k) => ({
      tolerance,
      zeros: ids((task) => task.accepts[k]?.zeros === true),
      constant: ids((task) => task.accepts[k]?.constant === true),
      replay: ids((task) => task.accepts[k]?.replay === true),
    })),
  };
}
