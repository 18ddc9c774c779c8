import type { Task } from "@daily-kernel/forge";
import { loadForge } from "./load.ts";

/** Every task that the forge knows. */
export async function allTasks(): Promise<readonly Task[]> {
  const { plainTasks } = await loadForge();
  return plainTasks;
}

/** @throws UsageError with the nearest names. */
export async function findTask(id: string): Promise<Task> {
  const { unknownTask } = await loadForge();
  const tasks = await allTasks();
  const task = tasks.find((each) => each.id === id);
  if (!task) throw unknownTask(id, []);
  return task;
}
