/**
 * Searches the settings of all methods on Coat as the full preset does with seed 1, and writes them
 * to `tuned.ts`, where the quick preset takes them from (format it afterwards):
 * `node papers/kernel-balancing/scripts/tune.ts`.
 */
import { writeFileSync } from "node:fs";
import { Rng } from "@daily-kernel/compute";
import { coat, load } from "@daily-kernel/datasets";
import { nodeSource } from "@daily-kernel/datasets/node";
import { learners } from "../learners.ts";
import { coatRatings, likesTask } from "../likes-task.ts";
import { methods } from "../methods.ts";
import { search, TRIALS } from "../search.ts";

const both = coatRatings(await load(coat, nodeSource()));
let last = "";
const found = await search(
  likesTask(both, new Rng(1, "task of the search")),
  methods,
  learners,
  new Rng(1, "search"),
  {
    breathe: async (_, doing) => {
      if (doing !== last) console.log(doing);
      last = doing;
    },
  },
);
const text = `import type { Searched } from "./search.ts";

/**
 * What \`node papers/kernel-balancing/scripts/tune.ts\` found on Coat with seed 1, the least SNIPS log
 * loss of ${TRIALS} trials a method.
 */
export const tuned = ${JSON.stringify(found, null, 2)} as const satisfies Searched;
`;
writeFileSync(new URL("../tuned.ts", import.meta.url), text);
