import type { Selectable } from "kysely";
import type { RunState, SweepCellTable, SweepKind } from "../database/tables.ts";

/** A sweep with how many of its cells are in which state. */
export interface SweepView {
  readonly id: string;
  readonly name: string;
  readonly kind: SweepKind;
  /** What was asked for. */
  readonly options: object;
  readonly createdAt: Date;
  readonly cells: Readonly<Record<RunState, number>>;
}

/** One cell as it stands. */
export interface CellView {
  readonly sweepId: string;
  readonly position: number;
  readonly task: string;
  readonly backend: string;
  readonly seed: number;
  readonly state: RunState;
  readonly attempts: number;
  /** Who has it or had it last. */
  readonly worker: string | null;
  readonly machine: string | null;
  /** From 0 to 1, and what is being done. */
  readonly progress: number;
  readonly doing: string;
  readonly error: string | null;
  readonly result: object | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export const cellView = (row: Selectable<SweepCellTable>): CellView => ({
  sweepId: row.sweep_id,
  position: row.position,
  task: row.task,
  backend: row.backend,
  seed: row.seed,
  state: row.state,
  attempts: row.attempts,
  worker: row.worker,
  machine: row.machine,
  progress: row.progress,
  doing: row.doing,
  error: row.error,
  result: row.result,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
});
