import { tasks, type VerifyOptions, verifyCandidate } from "@daily-kernel/forge";
import type { BackEnd } from "./kernels/index.ts";
import { type Cell, type Column, columns, judged } from "./matrix.ts";
import { remembering } from "./remembering.ts";

/** A task whose kernels are to be judged on some back ends. */
export interface CellsJob {
  readonly task: string;
  readonly backEnds: readonly BackEnd[];
  readonly options: Omit<VerifyOptions, "signal" | "onProgress">;
}

/** Judges the kernels of one task on one back end after the other: what a thread does. */
export default async function cells(
  { task: id, backEnds, options }: CellsJob,
  report: (done: number) => void,
  verify: typeof verifyCandidate = verifyCandidate,
  here?: readonly Column[],
): Promise<Cell[]> {
  const task = remembering(tasks.get(id));
  const found: Cell[] = [];
  for (const column of here ?? (await columns(backEnds))) {
    if (!("backend" in column) || !backEnds.includes(column.id)) continue;
    found.push(await judged(verify, task, column, options));
    report(found.length / backEnds.length);
  }
  return found;
}
