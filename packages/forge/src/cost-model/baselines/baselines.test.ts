import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { type Sample, shippedDataSet, splitByGroup } from "../data/data-set.ts";
import { evaluate } from "../evaluate.ts";
import { parseMlir } from "../mlir/parse.ts";
import { trainBaseline } from "./baselines.ts";
import { trainForest } from "./forest.ts";
import { trainRidge } from "./ridge.ts";
import { workOf } from "./work.ts";

test("a forest learns a step and an interaction that a straight line cannot", () => {
  const rng = new Rng(1);
  const x = Array.from({ length: 600 }, () => [rng.uniform(), rng.uniform(), rng.uniform()]);
  const truth = ([a, b]: number[]) => (a! > 0.5 ? 1 : 0) * (b! > 0.5 ? 1 : -1);
  const forest = trainForest(x, Float64Array.from(x, truth), new Rng(2), { trees: 60 });
  const fresh = Array.from({ length: 300 }, () => [rng.uniform(), rng.uniform(), rng.uniform()]);
  const wrong = fresh.filter((row) => Math.abs(forest(row) - truth(row)) > 0.5).length;
  assert.ok(wrong < 12, `${wrong} of 300`);
});

test("ridge finds a plane again, and shrinks to the mean under a large penalty", () => {
  const rng = new Rng(3);
  const x = Array.from({ length: 50 }, () => [rng.normal(), 5 + 2 * rng.normal(), 7]);
  const y = x.map(([a, b]) => 3 * a! - 2 * b! + 1);
  const plane = trainRidge(x, y, 1e-9);
  for (const [i, row] of x.entries()) assert.ok(Math.abs(plane(row) - y[i]!) < 1e-6);
  const flat = trainRidge(x, y, 1e12);
  const mean = y.reduce((a, b) => a + b, 0) / y.length;
  assert.ok(Math.abs(flat(x[0]!) - mean) < 1e-6);
});

test("work: loops multiply, products count both operations, tiles are iterations", () => {
  const work = (text: string) => workOf(parseMlir(text).functions[0]!);
  assert.deepEqual(
    work(`func.func @f(%a: memref<8x16xf32>, %b: memref<16x4xf64>, %c: memref<8x4xf32>) {
  linalg.matmul ins(%a, %b : memref<8x16xf32>, memref<16x4xf32>) outs(%c : memref<8x4xf32>)
  return }`),
    { flops: 2 * 8 * 16 * 4, bytes: 4 * 128 + 8 * 64 + 4 * 32 },
  );
  const tiled = work(`func.func @f(%a: memref<64xf32>) {
  affine.for %t = 0 to 64 step 8 {
    affine.for %i = affine_map<(d0) -> (d0)>(%t) to affine_map<(d0) -> (d0 + 8)>(%t) step 2 {
      %0 = affine.load %a[%i] : memref<64xf32>
      %1 = arith.mulf %0, %0 : f32
      affine.store %1, %a[%i] : memref<64xf32>
    }
  }
  return }`);
  assert.equal(tiled.flops, 32);
});

test("the baselines in their order on time: the mean knows nothing, ridge more than the roofline", async () => {
  const { samples } = await shippedDataSet();
  const { train, test } = splitByGroup(samples, { seed: 4 });
  const score = (name: "mean" | "ridge" | "roofline" | "forest") => {
    const baseline = trainBaseline(name, train.slice(0, 300), ["nanoseconds"], 1);
    return evaluate(baseline, test.slice(0, 200)).scores.nanoseconds!;
  };
  const [mean, roofline, ridge, forest] = (["mean", "roofline", "ridge", "forest"] as const).map(
    score,
  );
  assert.ok(mean!.r2 < 0.05 && mean!.spearman === 0);
  assert.ok(roofline!.r2 > 0.3);
  assert.ok(ridge!.r2 > 0.5 && forest!.r2 > 0.6, `${ridge!.r2} ${forest!.r2}`);
});

test("splits keep groups together and are the same for the same seed", async () => {
  const { samples, variants } = await shippedDataSet();
  assert.equal(samples.length, 3000);
  assert.equal(variants.flat().length, 800);
  const { train, test } = splitByGroup(samples, { seed: 4 });
  const groups = new Set(train.map(({ group }) => group));
  assert.ok(test.every(({ group }) => !groups.has(group)));
  assert.equal(train.length + test.length, 3000);
  assert.ok(test.length >= 600 && test.length < 620);
  assert.deepEqual(splitByGroup(samples, { seed: 4 }).test.at(-1), test.at(-1));
  assert.throws(() => splitByGroup(samples as Sample[], { seed: 1, testShare: 1 }), {
    code: "ERR_DOMAIN",
  });
});

test("the shipped values belong to the texts that the generators give today", async () => {
  const { samples, variants } = await shippedDataSet();
  const texts = [...samples, ...variants.flat()].map(({ text }) => text).join("\0");
  const { default: stored } = await import("../data/shipped.json", { with: { type: "json" } });
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(texts));
  const digest = [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, "0")).join("");
  assert.equal(digest, stored.digest, "generate the data set again: scripts/cost-model-data.ts");
});
