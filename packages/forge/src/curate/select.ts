import { checkObject, domainError, typeError } from "@daily-kernel/compute";
import { checkPerType, counter, type PerType } from "./quota.ts";
import {
  type DropReason,
  type Fate,
  onePerTask,
  orders,
  type Rule,
  ranked,
  rules,
} from "./rules.ts";
import type { TraceTable } from "./trace-table.ts";

export interface CurateOptions {
  /** Default `concise`. */
  readonly rule?: Rule;
  /** How many, for `random`, `shortest`, `longest` and `fastest`, which need it. */
  readonly n?: number;
  /** Quotas a type; the fastest stay where one sample a task was chosen. Default: no limit. */
  readonly perType?: PerType;
  /** A kernel must be faster than that, in units of its baseline. Default 1. */
  readonly minSpeedup?: number;
  /** Longer traces do not take part. Default: no limit. */
  readonly maxTokens?: number;
  /** Whether equal sources count as duplicates in the whole pool (default) or within a task. */
  readonly duplicates?: "pool" | "task";
  /** Of `random`. Default 0. */
  readonly seed?: number;
}

export type Settings = Required<Omit<CurateOptions, "n" | "perType">> &
  Pick<CurateOptions, "n" | "perType">;

/** Options with their defaults. @throws TypeError, RangeError. */
export function settle(options: CurateOptions): Settings {
  checkObject("curate", "options", options);
  const settings: Settings = {
    rule: options.rule ?? "concise",
    minSpeedup: options.minSpeedup ?? 1,
    maxTokens: options.maxTokens ?? Number.POSITIVE_INFINITY,
    duplicates: options.duplicates ?? "pool",
    seed: options.seed ?? 0,
    ...(options.n === undefined ? {} : { n: options.n }),
    ...(options.perType === undefined ? {} : { perType: options.perType }),
  };
  const { rule, n, minSpeedup, maxTokens, duplicates } = settings;
  if (!rules.includes(rule))
    throw typeError(`curate: rule must be one of ${rules.join(", ")}, got ${String(rule)}`);
  const single = rule === "concise" || rule === "fastest-per-task";
  if (!single && (n === undefined || !Number.isSafeInteger(n) || n < 0))
    throw typeError(`curate: the rule ${rule} needs n, an integer >= 0, got ${String(n)}`);
  if (single && n !== undefined)
    throw typeError(`curate: the rule ${rule} takes one sample a task and no n, got ${n}`);
  if (!(minSpeedup >= 0))
    throw domainError(`curate: minSpeedup must be a number >= 0, got ${minSpeedup}`);
  if (!(maxTokens >= 1))
    throw domainError(`curate: maxTokens must be a number >= 1, got ${maxTokens}`);
  if (duplicates !== "pool" && duplicates !== "task")
    throw typeError(`curate: duplicates must be "pool" or "task", got ${String(duplicates)}`);
  checkPerType("curate", settings.perType);
  return settings;
}

export interface Selection {
  /** By row. */
  readonly fates: readonly Fate[];
  /** Selected rows of tasks that had one sample to choose from. */
  readonly trivial: number;
}

/** Decides the fate of every row of a table. O(n log n). */
export function select(table: TraceTable, settings: Settings): Selection {
  const fates: Fate[] = new Array<Fate>(table.rows).fill("selected");
  const drop = (i: number, reason: DropReason) => {
    fates[i] = reason;
  };
  const standing: number[] = [];
  for (let i = 0; i < table.rows; i++) {
    if (table.correct[i] === 0) drop(i, "incorrect");
    else if (table.tokens[i]! > settings.maxTokens) drop(i, "tooLong");
    else standing.push(i);
  }
  const rows = unique(table, standing, settings.duplicates, drop);
  const choices = new Uint32Array(table.tasks.all.length);
  for (const i of rows) choices[table.task[i]!]! += 1;

  const { rule } = settings;
  const fast = (i: number) => {
    if (table.speedup[i]! > settings.minSpeedup) return true;
    drop(i, "slow");
    return false;
  };
  const room = counter(settings.perType);
  const balanced = (i: number) => {
    if (room(table.types.all[table.type[i]!]!)) return true;
    drop(i, "quota");
    return false;
  };
  let selected: number[];
  if (rule === "concise" || rule === "fastest-per-task") {
    const kept = onePerTask(table, rows, rule === "concise", drop).filter(fast);
    selected = kept.sort(orders(table).fastestFirst).filter(balanced);
  } else {
    selected = [];
    for (const i of ranked(table, rows.filter(fast), rule, settings.seed)) {
      if (selected.length >= settings.n!) drop(i, "notChosen");
      else if (balanced(i)) selected.push(i);
    }
  }
  return { fates, trivial: selected.filter((i) => choices[table.task[i]!] === 1).length };
}

/** One row of those with equal sources: fewest tokens, then task id, then sample index. */
function unique(
  table: TraceTable,
  rows: readonly number[],
  within: "pool" | "task",
  drop: (i: number, reason: DropReason) => void,
): number[] {
  const { hashLow, hashHigh, task } = table;
  const { shortestFirst } = orders(table);
  let size = 16;
  while (size < 2 * rows.length) size *= 2;
  const slots = new Int32Array(size).fill(-1); // open addressing
  for (const i of rows) {
    const own = within === "task" ? Math.imul(task[i]! + 1, 0x9e3779b1) : 0;
    for (let at = (hashLow[i]! ^ own) & (size - 1); ; at = (at + 1) & (size - 1)) {
      const held = slots[at]!;
      if (held < 0) {
        slots[at] = i;
        break;
      }
      const same =
        hashLow[held] === hashLow[i] &&
        hashHigh[held] === hashHigh[i] &&
        (within === "pool" || task[held] === task[i]);
      if (!same) continue;
      const better = shortestFirst(i, held) < 0;
      drop(better ? held : i, "duplicate");
      if (better) slots[at] = i;
      break;
    }
  }
  const kept = new Uint8Array(table.rows);
  for (const i of slots) if (i >= 0) kept[i] = 1;
  return rows.filter((i) => kept[i] === 1);
}
