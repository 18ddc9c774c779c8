import { Rng } from "@daily-kernel/compute";
import type { TraceTable } from "./trace-table.ts";

/**
 * - `concise`: of each task the sample with the fewest tokens, if it also is the fastest.
 * - `fastest-per-task`: of each task the fastest, whatever its length (the same without brevity).
 * - `random`, `shortest`, `longest`, `fastest`: `n` samples of the whole pool.
 */
export type Rule = "concise" | "fastest-per-task" | "random" | "shortest" | "longest" | "fastest";
export const rules: readonly Rule[] = [
  "concise",
  "fastest-per-task",
  "random",
  "shortest",
  "longest",
  "fastest",
];

/** Why a sample was not selected: the first of these that applies. */
export const dropReasons = [
  /** The row is no trace. */
  "invalid",
  "incorrect",
  /** More than `maxTokens`. */
  "tooLong",
  /** The same normalised source as a sample with fewer tokens. */
  "duplicate",
  /** The task's shortest sample is not its fastest. */
  "disagreement",
  /** Another sample of the task was preferred, or `n` others of the pool. */
  "notChosen",
  /** No faster than `minSpeedup`. */
  "slow",
  /** The type had `perType` samples already. */
  "quota",
] as const;
export type DropReason = (typeof dropReasons)[number];

/** What a row's fate is while rules pass over it: a reason, or selected. */
export type Fate = DropReason | "selected";

type Order = (i: number, j: number) => number;

/** Orders of rows. Every chain of ties ends with the place in the pool, so that none is left. */
export function orders(table: TraceTable) {
  const { tokens, speedup, sample, task, tasks } = table;
  const byIndex: Order = (i, j) => sample[i]! - sample[j]! || i - j;
  const byTask: Order = (i, j) => {
    if (task[i] === task[j]) return 0;
    return tasks.all[task[i]!]! < tasks.all[task[j]!]! ? -1 : 1;
  };
  const tokensOf: Order = (i, j) => tokens[i]! - tokens[j]!;
  const speedOf: Order = (i, j) => speedup[j]! - speedup[i]!;
  return {
    /** Fewest tokens; ties: lower sample index. */
    shorter: ((i, j) => tokensOf(i, j) || byIndex(i, j)) as Order,
    /** Highest speed-up; ties: fewer tokens, lower sample index. */
    faster: ((i, j) => speedOf(i, j) || tokensOf(i, j) || byIndex(i, j)) as Order,
    /** The same over tasks; ties: fewer tokens, task id, lower sample index. */
    fastestFirst: ((i, j) =>
      speedOf(i, j) || tokensOf(i, j) || byTask(i, j) || byIndex(i, j)) as Order,
    shortestFirst: ((i, j) => tokensOf(i, j) || byTask(i, j) || byIndex(i, j)) as Order,
    longestFirst: ((i, j) => tokensOf(j, i) || byTask(i, j) || byIndex(i, j)) as Order,
  };
}

/** The best row of each task among `rows`, by number of task; -1 where it has none. */
function bestOf(table: TraceTable, rows: readonly number[], better: Order): Int32Array {
  const best = new Int32Array(table.tasks.all.length).fill(-1);
  for (const i of rows) {
    const held = best[table.task[i]!]!;
    if (held < 0 || better(i, held) < 0) best[table.task[i]!] = i;
  }
  return best;
}

/** Marks what the two rules with one sample a task drop, and returns those that they keep. */
export function onePerTask(
  table: TraceTable,
  rows: readonly number[],
  concise: boolean,
  drop: (i: number, reason: DropReason) => void,
): number[] {
  const { shorter, faster } = orders(table);
  const fastest = bestOf(table, rows, faster);
  const shortest = concise ? bestOf(table, rows, shorter) : fastest;
  return rows.filter((i) => {
    const t = table.task[i]!;
    if (fastest[t] !== shortest[t]) drop(i, "disagreement");
    else if (fastest[t] !== i) drop(i, "notChosen");
    return fastest[t] === i && shortest[t] === i;
  });
}

/** Rows in the order in which a rule over the whole pool takes them. */
export function ranked(
  table: TraceTable,
  rows: readonly number[],
  rule: Exclude<Rule, "concise" | "fastest-per-task">,
  seed: number,
): number[] {
  if (rule === "random")
    return Array.from(new Rng(seed, "curate").permutation(rows.length), (k) => rows[k]!);
  const { shortestFirst, longestFirst, fastestFirst } = orders(table);
  const order = { shortest: shortestFirst, longest: longestFirst, fastest: fastestFirst }[rule];
  return rows.toSorted(order);
}
