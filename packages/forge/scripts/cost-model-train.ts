/** Trains the model that ships with the package, on the training part of the shipped data set. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { shippedDataSet, splitByGroup } from "../src/cost-model/data/data-set.ts";
import { evaluate } from "../src/cost-model/evaluate.ts";
import { CostModel } from "../src/cost-model/model/cost-model.ts";
import { decodeHalf, encodeHalf } from "../src/cost-model/model/float16.ts";
import { trainCostModel } from "../src/cost-model/model/train.ts";

const seed = 1;
const { samples, variants } = await shippedDataSet();
const { train, test } = splitByGroup(samples, { seed });
const begin = performance.now();
const model = await trainCostModel({
  data: train,
  seed,
  members: 3,
  onProgress: (done, total) => {
    if (done % 75 === 0)
      process.stderr.write(
        `${done}/${total}, ${Math.round((performance.now() - begin) / 1000)} s\n`,
      );
  },
});
const { json, weights } = model.save();
const half = encodeHalf(weights);
const { scores, top1Regret } = evaluate(
  CostModel.load({ json, weights: decodeHalf(half) }),
  test,
  variants,
);
for (const [target, score] of Object.entries(scores)) console.log(target, score);
console.log("regret", top1Regret);
writeFileSync(
  fileURLToPath(new URL("../src/cost-model/model/shipped-model.json", import.meta.url)),
  `${JSON.stringify({ ...JSON.parse(json), weights: half })}\n`,
);
