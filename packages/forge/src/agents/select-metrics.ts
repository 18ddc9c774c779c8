import { domainError } from "@daily-kernel/compute";
import { mean, quantile } from "../stopwatch/statistics.ts";
import type { Counters } from "./attempt.ts";

/** One correct kernel of a task: how long it ran and what was counted. */
export interface MetricRun {
  readonly task: string;
  readonly ns: number;
  readonly counters: Counters;
}

interface Options {
  /** Counters that a task votes for, by |r| (20). */
  readonly topK?: number;
  /** Of the scores: what is kept lies above (75). */
  readonly percentile?: number;
  /** Tasks that must have voted for a counter (2). */
  readonly minTasks?: number;
  /** Kernels of a task that are looked at: so many of the fastest and of the slowest (5). */
  readonly extremes?: number;
  /** Two counters that correlate so much are one: the second is dropped (0.999). */
  readonly collinear?: number;
}

interface MetricScore {
  readonly name: string;
  /** Mean |r| over the tasks that voted for it. */
  readonly score: number;
  readonly tasks: number;
  /** Of the correlation with the run time. */
  readonly sign: 1 | -1;
}

export interface MetricSelection {
  readonly selected: readonly string[];
  readonly scores: readonly MetricScore[];
  /** Counters with different signs on different tasks, which are never selected. */
  readonly conflicts: readonly string[];
  readonly threshold: number;
}

/**
 * Which counters tell something about run time (CudaForge, Algorithms 1 and 2). For each task: the
 * fastest and slowest kernels, counters that vary and are no copies of one another, their Pearson
 * correlation with the run time, the strongest `topK`. Over tasks: those that enough tasks voted for,
 * with one sign, and with a mean |r| above the percentile.
 *
 * Ties and order: of two copies the first by name stays; equal |r| go by name; a score equal to the
 * threshold is kept, so that the rule keeps something where all are equal. A counter that some run
 * of a task lacks does not count there.
 */
export function selectMetrics(runs: readonly MetricRun[], options: Options = {}): MetricSelection {
  const { topK = 20, percentile = 75, minTasks = 2, extremes = 5, collinear = 0.999 } = options;
  if (!(percentile >= 0 && percentile <= 100))
    throw domainError(`selectMetrics: percentile must be in 0..100, got ${percentile}`);
  const votes = new Map<string, number[]>();
  const tasks = Map.groupBy(runs, ({ task }) => task);
  for (const group of tasks.values()) {
    for (const [name, r] of votesOf(extremesOf(group, extremes), { topK, collinear }))
      votes.set(name, [...(votes.get(name) ?? []), r]);
  }
  const conflicts: string[] = [];
  const scores: MetricScore[] = [];
  for (const [name, values] of votes) {
    const sign = Math.sign(values[0]!) as 1 | -1;
    if (values.some((r) => Math.sign(r) !== sign)) conflicts.push(name);
    else scores.push({ name, score: mean(values.map(Math.abs)), tasks: values.length, sign });
  }
  scores.sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1));
  const threshold =
    scores.length === 0
      ? 0
      : quantile(
          scores.map(({ score }) => score).toSorted((a, b) => a - b),
          percentile / 100,
        );
  const selected = scores
    .filter(({ score, tasks: count }) => score >= threshold && count >= minTasks)
    .map(({ name }) => name);
  return { selected, scores, conflicts: conflicts.sort(), threshold };
}

function extremesOf(group: readonly MetricRun[], count: number): MetricRun[] {
  const rising = group.toSorted((a, b) => a.ns - b.ns);
  return rising.length <= 2 * count ? rising : [...rising.slice(0, count), ...rising.slice(-count)];
}

/** Pearson's r of two columns; null where one of them does not vary. */
export function correlation(x: readonly number[], y: readonly number[]): number | null {
  const [mx, my] = [mean(x), mean(y)];
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [dx, dy] = [x[i]! - mx, y[i]! - my];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  const scale = Math.sqrt(xx * yy);
  return scale > 1e-12 * (Math.abs(mx * my) + Number.MIN_VALUE) ? xy / scale : null;
}

interface Vote {
  readonly topK: number;
  readonly collinear: number;
}

function votesOf(group: readonly MetricRun[], { topK, collinear }: Vote): [string, number][] {
  const times = group.map(({ ns }) => ns);
  const names = Object.keys(group[0]?.counters ?? {})
    .filter((name) => group.every(({ counters }) => counters[name] !== undefined))
    .sort();
  const columns = new Map(names.map((name) => [name, group.map((run) => run.counters[name]!)]));
  const kept: string[] = [];
  for (const name of names) {
    const column = columns.get(name)!;
    if (correlation(column, times) === null) continue;
    const copy = kept.some(
      (other) => Math.abs(correlation(column, columns.get(other)!) ?? 0) >= collinear,
    );
    if (!copy) kept.push(name);
  }
  return kept
    .map((name): [string, number] => [name, correlation(columns.get(name)!, times)!])
    .filter(([, r]) => r !== 0)
    .sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]) || (a[0] < b[0] ? -1 : 1))
    .slice(0, topK);
}
