import { readFile } from "node:fs/promises";
import type { Backend, Candidate, Task } from "@daily-kernel/forge";
import { InvalidArgumentError } from "commander";
import { UsageError } from "../../exit.ts";
import { findTask } from "./find-task.ts";
import { orUsage } from "./load.ts";
import { type BackendFlags, openBackend } from "./open-backend.ts";

/** Sizes as `512,512,512`. */
export function parseDims(text: string): number[] {
  const dims = text.split(/[,x]/).map(Number);
  if (dims.some((dim) => !Number.isSafeInteger(dim) || dim < 1))
    throw new InvalidArgumentError(`expected whole numbers like 512,512,512, got ${text}`);
  return dims;
}

/** The task, the back end that can run it here, and the sizes to time it at. */
export async function prepare(
  id: string,
  backendId: string,
  { dims, ...flags }: BackendFlags & { readonly dims?: readonly number[] },
  file?: string,
): Promise<{ task: Task; backend: Backend; dims: readonly number[] }> {
  const task = await orUsage(() => findTask(id));
  const backend = await openBackend(backendId, flags, file);
  if (dims && dims.length !== task.dimNames.length)
    throw new UsageError(
      `${task.id} has the sizes ${task.dimNames.join(",")}, got ${dims.length} numbers`,
    );
  return { task, backend, dims: dims ?? task.scaled(1 << 21) };
}

/** A kernel in a file. */
export async function readCandidate(file: string, flags?: string): Promise<Candidate> {
  const source = await readFile(file, "utf8").catch((error: Error) => {
    throw new UsageError(error.message);
  });
  const list = flags?.split(/\s+/).filter((flag) => flag !== "");
  return { source, ...(list && { flags: list }) };
}
