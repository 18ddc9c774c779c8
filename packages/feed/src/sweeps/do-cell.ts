import type { Selectable } from "kysely";
import { type Db, json } from "../database/open.ts";
import { storable } from "../database/storable.ts";
import type { SweepCellTable, SweepKind } from "../database/tables.ts";
import { inTransaction } from "../database/transaction.ts";

/** Which cell. */
export interface CellKey {
  readonly sweepId: string;
  readonly position: number;
}

/** A cell that a worker has begun: its own as long as nobody began it again. */
export interface BegunCell extends CellKey {
  readonly kind: SweepKind;
  readonly task: string;
  readonly backend: string;
  readonly seed: number;
  readonly request: object;
  readonly attempts: number;
  readonly worker: string;
}

/** Whose cell it becomes. */
interface Taker {
  readonly worker: string;
  readonly machine: string;
  readonly now: Date;
}

/** Begins a cell if it still waits; `null` if it does not. */
export async function beginCell(
  db: Db,
  { sweepId, position }: CellKey,
  { worker, machine, now }: Taker,
): Promise<BegunCell | null> {
  const row = await db
    .updateTable("sweep_cells")
    .set((eb) => ({
      state: "running",
      attempts: eb("attempts", "+", 1),
      worker,
      machine,
      started_at: now,
      heartbeat_at: now,
      doing: "starting",
      error: null,
    }))
    .from("sweeps")
    .whereRef("sweeps.id", "=", "sweep_cells.sweep_id")
    .where("sweep_cells.sweep_id", "=", sweepId)
    .where("sweep_cells.position", "=", position)
    .where("sweep_cells.state", "=", "queued")
    .returning([
      "sweeps.kind",
      "sweep_cells.task",
      "sweep_cells.backend",
      "sweep_cells.seed",
      "sweep_cells.request",
      "sweep_cells.attempts",
    ])
    .executeTakeFirst();
  return row ? { sweepId, position, worker, ...row } : null;
}

type Change = Partial<Omit<Selectable<SweepCellTable>, "sweep_id" | "position">>;

/** Changes the row if it is still this worker's. */
const mine = (db: Db, { sweepId, position, attempts, worker }: BegunCell, values: Change) =>
  db
    .updateTable("sweep_cells")
    .set(values as never)
    .where("sweep_id", "=", sweepId)
    .where("position", "=", position)
    .where("state", "=", "running")
    .where("attempts", "=", attempts)
    .where("worker", "=", worker)
    .returning("cancel_asked_at")
    .executeTakeFirst();

/** How a cell stands with its worker: its own, to be stopped, or another's. */
export type Standing = "mine" | "cancelled" | "lost";

const standing = (row: { cancel_asked_at: Date | null } | undefined): Standing =>
  !row ? "lost" : row.cancel_asked_at ? "cancelled" : "mine";

/** Says that the worker lives and how far it is. */
export const beatCell = async (
  db: Db,
  cell: BegunCell,
  { progress, doing, now }: { progress: number; doing: string; now: Date },
): Promise<Standing> =>
  standing(
    await mine(db, cell, {
      heartbeat_at: now,
      progress: Math.min(1, Math.max(0, progress)),
      doing: storable(doing).slice(0, 200),
    }),
  );

/** Keeps a step of a cell as its `position`th (from 0), as long as the cell is this worker's. */
export const keepEvent = (
  db: Db,
  cell: BegunCell,
  event: { position: number; machine: string; line: string; now: Date },
): Promise<Standing> =>
  inTransaction(db, async (trx) => {
    const found = standing(await mine(trx, cell, { heartbeat_at: event.now }));
    if (found !== "lost")
      await trx
        .insertInto("sweep_events")
        .values({
          sweep_id: cell.sweepId,
          cell: cell.position,
          position: event.position,
          machine: event.machine,
          line: event.line,
        })
        .execute();
    return found;
  });

/** What compilers and kernels print may hold anything. */
const storableJson = (value: object): object =>
  JSON.parse(
    JSON.stringify(value, (_, part) => (typeof part === "string" ? storable(part) : part)),
  );

/** Keeps the result of a cell. */
export const finishCell = async (
  db: Db,
  cell: BegunCell,
  { result, now }: { result: object; now: Date },
): Promise<Standing> =>
  standing(
    await mine(db, cell, {
      state: "done",
      progress: 1,
      doing: "",
      finished_at: now,
      result: json(storableJson(result)) as unknown as object,
    }),
  );

/** A cell that has no result. */
export const endCell = async (
  db: Db,
  cell: BegunCell,
  { state, error, now }: { state: "failed" | "cancelled"; error: string | null; now: Date },
): Promise<void> => {
  await mine(db, cell, { state, error: error && storable(error), doing: "", finished_at: now });
};

/** A cell is begun so many times before it counts as failed: it may be what kills the workers. */
export const attemptsAllowed = 5;

/** Another worker shall go on with it, unless it was begun too often. */
export const giveUpCell = async (
  db: Db,
  cell: BegunCell,
  { error, now }: { error: string; now: Date },
): Promise<void> => {
  if (cell.attempts >= attemptsAllowed)
    return endCell(db, cell, {
      state: "failed",
      error: `${error}, for the ${attemptsAllowed}th time`,
      now,
    });
  await mine(db, cell, { state: "queued", error: storable(error), doing: "", heartbeat_at: null });
};

/** Puts a cell back as if it had not been begun; what was kept of it stays. */
export const giveBackCell = async (db: Db, cell: BegunCell): Promise<void> => {
  await mine(db, cell, {
    state: "queued",
    attempts: cell.attempts - 1,
    doing: "",
    heartbeat_at: null,
  });
};
