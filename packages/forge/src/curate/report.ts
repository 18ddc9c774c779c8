import { type DropReason, dropReasons } from "./rules.ts";
import type { Selection, Settings } from "./select.ts";
import type { TraceTable } from "./trace-table.ts";

/** What a curation kept and why it dropped the rest; `samples` is selected and all dropped. */
export interface CurationReport {
  readonly rule: string;
  readonly settings: Settings;
  readonly samples: number;
  readonly tasks: number;
  /** Tasks with a correct sample. */
  readonly solvedTasks: number;
  readonly selected: number;
  readonly dropped: Readonly<Record<DropReason, number>>;
  /**
   * Selected samples whose task had no other to choose from: shortest and fastest at once for want
   * of a rival. A large share means that the rule picks hard tasks that were solved once.
   */
  readonly trivial: number;
  readonly byType: Readonly<Record<string, { samples: number; correct: number; selected: number }>>;
  readonly hardware: string | null;
  readonly tokenizer: string | null;
  readonly verifiers: readonly string[];
  /** The first 20 rows that are no traces. */
  readonly invalid: readonly { line: number; message: string }[];
}

/** Rows that were refused. */
export interface Refused {
  readonly count: number;
  readonly first: readonly { line: number; message: string }[];
}

export function reportOf(
  table: TraceTable,
  settings: Settings,
  { fates, trivial }: Selection,
  refused: Refused,
): CurationReport {
  const dropped = Object.fromEntries(dropReasons.map((reason) => [reason, 0])) as Record<
    DropReason,
    number
  >;
  dropped.invalid = refused.count;
  const byType: CurationReport["byType"] = Object.fromEntries(
    [
      ...(typeof settings.perType === "object" ? Object.keys(settings.perType) : []),
      ...table.types.all,
    ].map((type) => [type, { samples: 0, correct: 0, selected: 0 }]),
  );
  const solved = new Uint8Array(table.tasks.all.length);
  let selected = 0;
  const types = table.types.all.map((name) => byType[name]!);
  for (const [i, fate] of fates.entries()) {
    const type = types[table.type[i]!]!;
    type.samples += 1;
    if (table.correct[i] === 1) {
      type.correct += 1;
      solved[table.task[i]!] = 1;
    }
    if (fate === "selected") {
      type.selected += 1;
      selected += 1;
    } else dropped[fate] += 1;
  }
  return {
    rule: settings.rule,
    settings,
    samples: table.rows + refused.count,
    tasks: table.tasks.all.length,
    solvedTasks: solved.reduce((sum, flag) => sum + flag, 0),
    selected,
    dropped,
    trivial,
    byType,
    hardware: table.hardware ?? null,
    tokenizer: table.tokenizer ?? null,
    verifiers: [...table.verifiers].sort(),
    invalid: refused.first,
  };
}
