import { typeError } from "@daily-kernel/compute";
import { unknownTask } from "../session/errors.ts";
import type { Category, Task } from "../task/task.ts";
import { activationTasks } from "./activation/activation.ts";
import { architectures } from "./architecture/index.ts";
import { broadcastTasks } from "./broadcast/broadcast.ts";
import { convolutionTasks } from "./convolution/convolution.ts";
import { fusion } from "./fusion/index.ts";
import { hpcTasks } from "./hpc/hpc-tasks.ts";
import { indexTasks } from "./index-ops/index-ops.ts";
import { lossTasks } from "./loss/loss.ts";
import { mathTasks } from "./math/math.ts";
import { matmulTasks } from "./matmul/matmul.ts";
import { normalizationTasks } from "./normalization/normalization.ts";
import { optimizerTasks } from "./optimizer/optimizer.ts";
import { plainTasks } from "./plain/index.ts";
import { poolingTasks } from "./pooling/pooling.ts";
import { reduceTasks } from "./reduce/reduce.ts";
import { resizeTasks } from "./resize/resize.ts";

const all: ReadonlyMap<string, Task> = new Map(
  [
    ...plainTasks,
    ...Object.values(hpcTasks),
    ...activationTasks,
    ...architectures,
    ...broadcastTasks,
    ...convolutionTasks,
    ...fusion,
    ...indexTasks,
    ...lossTasks,
    ...mathTasks,
    ...matmulTasks,
    ...normalizationTasks,
    ...optimizerTasks,
    ...poolingTasks,
    ...reduceTasks,
    ...resizeTasks,
  ].map((task) => [task.id, task]),
);

/** The five plain tasks, the six kernels of HPC and the 285 of MultiKernelBench. */
export const tasks = {
  /** All tasks, or those of one category, in a fixed order. */
  list({ category }: { category?: Category } = {}): readonly Task[] {
    const list = [...all.values()];
    if (category === undefined) return list;
    const found = list.filter((task) => task.category === category);
    if (found.length > 0) return found;
    const known = [...new Set(list.map((task) => task.category))];
    throw typeError(`tasks.list: category must be one of ${known.join(", ")}, got ${category}`);
  },
  /** @throws ForgeError `ERR_UNKNOWN_TASK` with the nearest ids. */
  get(id: string): Task {
    const task = all.get(id);
    if (task === undefined) throw unknownTask(id, nearest(id));
    return task;
  },
};

/** Up to three ids that share most pairs of letters with `id`; an id's own name counts without its category. */
function nearest(id: string): string[] {
  const wanted = pairs(id);
  const name = (known: string) => known.slice(known.indexOf("/") + 1);
  return [...all.keys()]
    .map((known) => ({
      known,
      alike: Math.max(overlap(wanted, pairs(known)), overlap(wanted, pairs(name(known)))),
    }))
    .filter(({ alike }) => alike > 0.4)
    .sort((a, b) => b.alike - a.alike)
    .slice(0, 3)
    .map(({ known }) => known);
}

function pairs(text: string): Set<string> {
  const letters = ` ${String(text).toLowerCase()} `;
  return new Set(Array.from({ length: letters.length - 1 }, (_, i) => letters.slice(i, i + 2)));
}

/** Dice's coefficient. */
const overlap = (a: Set<string>, b: Set<string>) =>
  (2 * a.intersection(b).size) / (a.size + b.size);
