import { fileURLToPath } from "node:url";
import { parseRecord, type RunRecord } from "@daily-kernel/reproduction";
import { limitedChild, RunFailed } from "../child/limited-child.ts";
import type { ChildMessage, ChildTask } from "./child-messages.ts";

export interface RunChildOptions {
  readonly seconds: number;
  readonly megabytes: number;
  readonly signal: AbortSignal;
  readonly onProgress: (fraction: number, doing: string) => void;
  /** The program to run; that beside this file by default. */
  readonly program?: string;
}

/**
 * Measures a reproduction in a process of its own, with limits.
 * @throws RunFailed saying why there is no record; the signal's reason if that aborts.
 */
export const runChild = (
  task: ChildTask,
  { program, ...limits }: RunChildOptions,
): Promise<RunRecord> =>
  limitedChild<ChildMessage, RunRecord>({
    ...limits,
    program: program ?? fileURLToPath(new URL("./child.ts", import.meta.url)),
    args: [JSON.stringify(task)],
    what: "a run",
    onMessage: ({ record }) => checked(record, task),
  });

/** The record, if it is one and of what was asked for. */
function checked(json: unknown, task: ChildTask): RunRecord {
  try {
    const record = parseRecord(json);
    for (const name of ["slug", "preset", "seed", "device"] as const)
      if (record[name] !== task[name])
        throw new TypeError(`record: ${name} is ${record[name]}, asked for was ${task[name]}`);
    return record;
  } catch (error) {
    throw new RunFailed((error as Error).message, { cause: error });
  }
}
