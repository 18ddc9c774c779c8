/**
 * Generates the cost model's data set with LLVM 15's tools (about ten minutes on two cores) and
 * writes what the package ships. Resumes after a kill: what is known is kept under `.cache/`.
 * `npm run fix` formats what it writes.
 */
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { cook, type Recipe } from "../src/cost-model/data/recipe.ts";
import { type TargetValues, targetNames } from "../src/cost-model/targets.ts";
import { llvmVersion } from "../src/cost-model/truth/tools.ts";
import { truthsOf } from "../src/cost-model/truth/truths.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const cache = path("../../../.cache/forge-cost");
const cpu = "skylake";
const recipe: Recipe = {
  seed: 2302,
  counts: { affine: 1300, linalg: 800, tosa: 900 },
  variants: { kernels: 100, each: 8 },
};
mkdirSync(cache, { recursive: true });

const { samples, variants } = cook(recipe);
const texts = [...samples, ...variants.flat()].map(({ text }) => text);
const llvm = await llvmVersion();
const hashOf = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 24);

const journal = `${cache}/truths-${llvm}-${cpu}.jsonl`;
const known = new Map<string, TargetValues | null>();
if (existsSync(journal)) {
  for (const line of readFileSync(journal, "utf8").split("\n").filter(Boolean)) {
    const { hash, values } = JSON.parse(line) as { hash: string; values: TargetValues | null };
    known.set(hash, values);
  }
}
const missing = [...new Map(texts.map((text) => [hashOf(text), text]))].filter(
  ([hash]) => !known.has(hash),
);
let done = 0;
const begin = performance.now();
await truthsOf(
  missing.map(([, text]) => text),
  { cpu, targets: targetNames, cache: false },
  (index, truth) => {
    const hash = missing[index]![0];
    const values = "error" in truth ? null : (truth as TargetValues);
    if ("error" in truth)
      process.stderr.write(`refused by ${truth.stage}: ${truth.stderr.slice(0, 200)}\n`);
    known.set(hash, values);
    appendFileSync(journal, `${JSON.stringify({ hash, values })}\n`);
    if (++done % 64 === 0) {
      const left = ((performance.now() - begin) / done / 1000) * (missing.length - done);
      process.stderr.write(`${done}/${missing.length}, ${Math.round(left)} s left\n`);
    }
  },
);
const truths = texts.map((text) => {
  const values = known.get(hashOf(text));
  return values ? targetNames.map((target) => values[target] ?? null) : null;
});
const digest = createHash("sha256").update(texts.join("\0")).digest("hex");
const set = { llvm, cpu, recipe, targets: targetNames, digest };
writeFileSync(
  path("../src/cost-model/data/shipped.json"),
  `${JSON.stringify(set).slice(0, -1)},"truths":[\n${truths.map((row) => JSON.stringify(row)).join(",\n")}\n]}\n`,
);
