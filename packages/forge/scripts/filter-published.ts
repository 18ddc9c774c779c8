/**
 * Which answers that compute nothing a weak judge takes at the published sizes (at most four images
 * or rows of a batch), where a reference in scalar code ends in time: writes the list that the room
 * shows beside its own counts at small sizes.
 *
 *   node packages/forge/scripts/filter-published.ts FILE [category ...]
 */
import { writeFileSync } from "node:fs";
import { sizeOf } from "@daily-kernel/nn/reference";
import { acceptedAnswers } from "../src/task/filter/filter-task.ts";
import type { WeakAnswers } from "../src/task/filter/weak-answers.ts";
import type { Category, Dims, Task } from "../src/task/task.ts";
import { tasks } from "../src/tasks/registry.ts";

const MOST_IN_BATCH = 4;
const MOST_FLOPS = 2e10;
const MOST_ELEMENTS = 1.4e8;
const SEEDS = 2;

function sizes(task: Task): Dims | undefined {
  const batch = task.dimNames.indexOf("batch");
  const capped = task.published.map((n, i) => (i === batch ? Math.min(n, MOST_IN_BATCH) : n));
  // A batch that must equal another size stays.
  const dims = task.id === "loss/hinge_loss" ? task.published : capped;
  const elements = [...task.inputs(dims), ...task.outputs(dims)].map(({ shape }) => sizeOf(shape));
  const few = Math.max(...elements) <= MOST_ELEMENTS;
  return few && task.flops(dims) <= MOST_FLOPS ? dims : undefined;
}

/** Cheap ones first: what was found is written after each. */
const cost = (task: Task) => task.flops(sizes(task) ?? task.published);

const [file = "filters.json", ...categories] = process.argv.slice(2);
const chosen = categories
  .flatMap((category) => tasks.list({ category: category as Category }))
  .sort((a, b) => cost(a) - cost(b));
const rows: { task: string; dims: Dims; accepts: readonly WeakAnswers[] }[] = [];
const left: string[] = [];
for (const task of chosen) {
  const dims = sizes(task);
  if (dims === undefined) left.push(task.id);
  else rows.push({ task: task.id, dims, accepts: acceptedAnswers(task, { dims, seeds: SEEDS }) });
  const accepting = [1e-2, 1e-4].map((tolerance, k) => {
    const of = (answer: "zeros" | "constant" | "replay") =>
      rows.filter(({ accepts }) => accepts[k]?.[answer]).map((row) => row.task);
    return { tolerance, zeros: of("zeros"), constant: of("constant"), replay: of("replay") };
  });
  const result = { batch: MOST_IN_BATCH, seeds: SEEDS, examined: rows.length, left, accepting };
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  console.log(`${rows.length + left.length} of ${chosen.length}: ${task.id}`);
}
