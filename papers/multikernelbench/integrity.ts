import type { Task } from "@daily-kernel/forge";
import published from "./published.json" with { type: "json" };

/** The shapes of the published inputs by category and name, as the authors' repository lists them. */
const list: Readonly<Record<string, Readonly<Record<string, readonly (readonly number[])[]>>>> =
  published;

/** The categories of the paper in which tasks were found, and how many. */
export interface Integrity {
  readonly loaded: number;
  readonly categories: number;
  /** What is on only one of the two lists, or has other shapes. */
  readonly amiss: readonly string[];
}

/**
 * Compares a suite with the published list: each task under its category and name, its first inputs
 * (what follows are weights and numbers) of the published shapes.
 */
export function integrity(suite: readonly Task[]): Integrity {
  const amiss: string[] = [];
  const byId = new Map(suite.map((task) => [task.id, task]));
  const found = new Set<string>();
  const categories = new Set<string>();
  for (const [category, tasks] of Object.entries(list)) {
    for (const [name, shapes] of Object.entries(tasks)) {
      const task = byId.get(`${category}/${name}`);
      const own = task?.inputs(task.published).map(({ shape }) => shape.join("x"));
      if (task === undefined || shapes.some((shape, i) => own?.[i] !== shape.join("x"))) {
        amiss.push(`${category}/${name}`);
      } else {
        found.add(task.id);
        categories.add(task.category);
      }
    }
  }
  for (const { id } of suite) if (!found.has(id) && !amiss.includes(id)) amiss.push(id);
  return { loaded: found.size, categories: categories.size, amiss };
}
