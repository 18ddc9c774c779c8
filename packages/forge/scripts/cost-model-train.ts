/**
 * Trains the model that ships with the package, on the training part of the shipped data set: three
 * networks, each in a thread, as many at a time as the argument says (2).
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { shippedDataSet, splitByGroup } from "../src/cost-model/data/data-set.ts";
import { evaluate, regrets } from "../src/cost-model/evaluate.ts";
import { CostModel } from "../src/cost-model/model/cost-model.ts";
import { decodeHalf, encodeHalf } from "../src/cost-model/model/float16.ts";
import type { TrainingOptions } from "../src/cost-model/model/train.ts";
import { inThread } from "../src/threads/in-thread.ts";
import { sideBySide } from "../src/threads/side-by-side.ts";

const [seed, members] = [1, 3];
const { samples, variants } = await shippedDataSet();
const { train, test } = splitByGroup(samples, { seed });
const begin = performance.now();
const networks = await sideBySide(
  Array.from({ length: members }, (_, m) => async () => {
    const options = { data: train, seed: seed + m };
    let told = 0;
    const saved = await inThread<TrainingOptions, { json: string; weights: Float32Array }>(
      new URL("./cost-model-member.ts", import.meta.url),
      options,
      {
        onProgress: (done) => {
          if (done < told + 0.05) return;
          told = done;
          const seconds = Math.round((performance.now() - begin) / 1000);
          process.stderr.write(`network ${m + 1}: ${Math.round(100 * done)} %, ${seconds} s\n`);
        },
      },
    );
    return CostModel.load(saved);
  }),
  Number(process.argv[2] ?? 2),
);
const header = { ...networks[0]!.header, seed, members };
const { json, weights } = new CostModel(
  header,
  networks.flatMap((network) => network.members),
).save();
const half = encodeHalf(weights);
const model = CostModel.load({ json, weights: decodeHalf(half) });
const { scores, top1Regret } = evaluate(model, test, variants);
for (const [target, score] of Object.entries(scores)) console.log(target, score);
const lost = regrets(model, variants).toSorted((a, b) => a - b);
console.log("regret", top1Regret, "median", lost[lost.length >> 1]);
writeFileSync(
  fileURLToPath(new URL("../src/cost-model/model/shipped-model.json", import.meta.url)),
  `${JSON.stringify({ ...JSON.parse(json), weights: half })}\n`,
);
