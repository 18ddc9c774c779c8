import { readFile } from "node:fs/promises";
import type { Backend, Candidate, Task } from "@daily-kernel/forge";
import { InvalidArgumentError } from "commander";
import { UsageError } from "../../exit.ts";
import { findTask } from "./find-task.ts";
import { loadForgeNode, orUsage } from "./load.ts";

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
  { dims, unsafe = false }: { dims?: readonly number[] | undefined; unsafe?: boolean | undefined },
): Promise<{ task: Task; backend: Backend; dims: readonly number[] }> {
  const { backendById } = await loadForgeNode();
  const [task, backend] = await orUsage(async () => [
    await findTask(id),
    backendById(backendId, { unsafe }),
  ]);
  const probe = await backend.probe();
  if (!probe.available)
    throw new UsageError(
      `${backend.id} is not available here: ${probe.reason}${probe.remedy ? `; ${probe.remedy}` : ""}`,
    );
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
