import type { Category, Task } from "@daily-kernel/forge";
import { loadForge } from "./load.ts";

/** Every task that the forge knows, or those of a category. @throws TypeError for no category. */
export async function allTasks(category?: string): Promise<readonly Task[]> {
  const { tasks } = await loadForge();
  return tasks.list(category === undefined ? {} : { category: category as Category });
}

/** @throws ForgeError `ERR_UNKNOWN_TASK` with the nearest ids. */
export async function findTask(id: string): Promise<Task> {
  return (await loadForge()).tasks.get(id);
}
