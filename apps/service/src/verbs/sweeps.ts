import {
  type CellEvent,
  type CellView,
  cancelSweep,
  cellEvents,
  cellsOf,
  findSweep,
  listSweeps,
  makeSweep,
  type SweepView,
} from "@daily-kernel/feed/node";
import type { Core } from "../service.ts";
import { planSweep, type SweepArgs } from "../sweeps/plan-sweep.ts";
import { sendCells } from "../sweeps/send-cells.ts";
import { whyWaiting } from "../sweeps/why-waiting.ts";
import type { Verb } from "./verb.ts";

/** Puts a sweep's cells in the queues, all or none. */
export async function sweepStart(
  { db, jobs, now }: Pick<Core, "db" | "jobs" | "now">,
  args: SweepArgs,
): Promise<{ sweep: SweepView; leftOut: readonly string[] }> {
  const { cells, leftOut } = await planSweep(args);
  const { kernels: _, ...options } = args;
  const { id } = await makeSweep(db, {
    kind: args.kind,
    name: args.name,
    options,
    cells,
    now: now(),
  });
  await jobs.start();
  // Should the process end here, the janitor sends the rest.
  await sendCells(
    jobs,
    cells.map(({ backend }, i) => ({ sweepId: id, position: i + 1, backend })),
  );
  return { sweep: await findSweep(db, id), leftOut };
}

/** All sweeps, the latest first. */
export const sweepList: Verb<object, readonly SweepView[]> = ({ db }) => listSweeps(db);

/** A cell without what it found, and why it waits if nobody can take it. */
export type CellStatus = Omit<CellView, "result"> & { readonly waitsFor: string | null };

/** How a sweep is getting on. */
export async function sweepStatus(
  { db, now }: Pick<Core, "db" | "now">,
  { id }: { id: string },
): Promise<{ sweep: SweepView; cells: readonly CellStatus[] }> {
  const sweep = await findSweep(db, id);
  const cells = await cellsOf(db, sweep.id);
  const why = await whyWaiting(db, now());
  return {
    sweep,
    cells: cells.map(({ result: _, ...cell }) => ({
      ...cell,
      waitsFor: cell.state === "queued" ? why(cell.backend) : null,
    })),
  };
}

/** A cell with what it found, and its history if that was asked for. */
export type CellOutcome = CellView & { readonly history?: readonly CellEvent[] };

/** What a sweep has found so far. */
export const sweepResults: Verb<
  { id: string; history: boolean },
  { sweep: SweepView; cells: readonly CellOutcome[] }
> = async ({ db }, { id, history }) => {
  const sweep = await findSweep(db, id);
  const cells: CellOutcome[] = [];
  for (const cell of await cellsOf(db, sweep.id))
    cells.push(history ? { ...cell, history: await cellEvents(db, cell) } : cell);
  return { sweep, cells };
};

/** Cancels what is left of a sweep. */
export const sweepCancel: Verb<{ id: string }, SweepView> = ({ db, now }, { id }) =>
  cancelSweep(db, id, now());
