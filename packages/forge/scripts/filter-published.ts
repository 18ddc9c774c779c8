/**
 * Which answers that compute nothing a weak judge takes at the published sizes (at most four images
 * or rows of a batch), where a reference in scalar code ends in time: writes the list that the room
 * shows beside its own counts at small sizes.
 *
 *   node packages/forge/scripts/filter-published.ts FILE [category ...]
 */
import { writeFileSync } from "node:fs";
import { acceptedAnswers } from "../src/task/filter/filter-task.ts";
import { publishedSizes } from "../src/task/filter/published-sizes.ts";
import type { WeakAnswers } from "../src/task/filter/weak-answers.ts";
import type { Category, Dims, Task } from "../src/task/task.ts";
import { tasks } from "../src/tasks/registry.ts";

const BATCH = 4;
const SEEDS = 2;

/** Cheap ones first: what was found is written after each. An element takes long to draw. */
function cost(task: Task): number {
  const dims = publishedSizes(task, { batch: BATCH }) ?? task.published;
  return task.flops(dims) + 25 * task.bytes(dims);
}

const [file = "filters.json", ...categories] = process.argv.slice(2);
const chosen = categories
  .flatMap((category) => tasks.list({ category: category as Category }))
  .sort((a, b) => cost(a) - cost(b));
const rows: { task: string; dims: Dims; accepts: readonly WeakAnswers[] }[] = [];
for (const task of chosen) {
  const dims = publishedSizes(task, { batch: BATCH });
  if (dims !== undefined)
    rows.push({ task: task.id, dims, accepts: acceptedAnswers(task, { dims, seeds: SEEDS }) });
  const accepting = [1e-2, 1e-4].map((tolerance, k) => {
    const of = (answer: "zeros" | "constant" | "replay") =>
      rows.filter(({ accepts }) => accepts[k]?.[answer]).map((row) => row.task);
    return { tolerance, zeros: of("zeros"), constant: of("constant"), replay: of("replay") };
  });
  const left = chosen.map(({ id }) => id).filter((id) => !rows.some((row) => row.task === id));
  const result = { batch: BATCH, seeds: SEEDS, examined: rows.length, left, accepting };
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  console.log(`${rows.length} examined, ${left.length} left: ${task.id}`);
}
