import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { memorySource, type UciRegression } from "@daily-kernel/datasets";
import { UniversalRandomFeatures } from "@daily-kernel/kernels";
import { verdictsOf } from "@daily-kernel/reproduction/testing";
import { tableErrors } from "./closed-form.ts";
import room from "./run.ts";
import * as wrong from "./wrong.ts";

const { subject } = room;
const seeds = [3, 41, 1_000_003];
const withoutData = { source: memorySource(new Map()) };

/** A few draws whatever was asked for, where a test is not about them. */
const few: typeof subject.makeFeatures = (options) =>
  new UniversalRandomFeatures({ ...options, features: 2 });
/** No layer, where a test is not about its speed. */
const idle: typeof subject.makeApply = () => (x) => x;
const light = { makeFeatures: few, makeApply: idle };

for (const seed of seeds) {
  test(`seed ${seed}: what quick measures holds, the clock and the training aside`, async () => {
    const verdicts = await verdictsOf(room, {
      ...{ seed, ...withoutData },
      subject: { makeApply: idle },
    });
    for (const claim of [
      "error-falls-with-features",
      "variance-as-derived",
      "orthogonal-projections-help",
      "bundling-is-exact",
    ]) {
      assert.equal(verdicts[claim], "holds", claim);
    }
    assert.equal(verdicts["adapter-with-a-fifth-of-parameters"], "not-measured");
    assert.equal(verdicts["bert-adapters-keep-accuracy"], "not-measured");
  });
}

test("weights whose squared norm is not halved", async () => {
  const replaced = { makeFeatures: wrong.withoutHalf, makeApply: idle };
  const verdicts = await verdictsOf(room, { ...withoutData, subject: replaced });
  assert.equal(verdicts["error-falls-with-features"], "fails");
  assert.equal(verdicts["variance-as-derived"], "fails");
  assert.equal(verdicts["bundling-is-exact"], "holds");
});

test("one orthogonal block for all", async () => {
  const replaced = { makeFeatures: wrong.oneBlockForAll, makeApply: idle };
  const verdicts = await verdictsOf(room, { ...withoutData, subject: replaced });
  assert.equal(verdicts["orthogonal-projections-help"], "fails");
});

test("bundling in single precision, and a dense layer under another name", async () => {
  const replaced = { ...light, collapse: wrong.inSinglePrecision, makeApply: wrong.stillDense };
  const verdicts = await verdictsOf(room, { ...withoutData, subject: replaced });
  assert.equal(verdicts["bundling-is-exact"], "fails");
  assert.equal(verdicts["layer-faster-than-dense"], "fails");
});

test("the closed form on a made table, and a predictor that looks at no input", async () => {
  const rng = new Rng(5);
  const data = rng.fillNormal(new Float64Array(400 * 4));
  for (let i = 0; i < 400; i++) data[4 * i + 3] = data[4 * i]! + Math.abs(data[4 * i + 1]!);
  const table = { data, rows: 400, cols: 4, columns: ["a", "b", "c", "target"] };
  const tables = { concrete: table } as unknown as UciRegression;
  const ratio = async (fit: typeof subject.fitNet) => {
    const names = ["concrete"] as const;
    const [result] = await tableErrors(fit, tables, names, 3, new Rng(6), async () => {});
    return result!.net / result!.controls["linear regression"]!;
  };
  assert.ok((await ratio(subject.fitNet)) < 0.8);
  assert.ok((await ratio(wrong.constant)) > 1.05);
});

test("a predictor that looks at no input, and an adapter without a way around it", async (t) => {
  const replaced = {
    ...light,
    fitNet: wrong.constant,
    adapter: wrong.withoutSkip,
    adapterSizes: { training: 384, validation: 0, testing: 400, epochs: 6, searching: 0, seeds: 3 },
  };
  const verdicts = await verdictsOf(room, { subject: replaced });
  if (verdicts["closed-form-competitive"] === "not-measured") {
    t.diagnostic("without DAILY_KERNEL_DATA the closed form is not measured");
  } else assert.equal(verdicts["closed-form-competitive"], "fails");
  if (verdicts["adapter-with-a-fifth-of-parameters"] === "not-measured") {
    t.skip("without the digits no adapter is trained");
  } else assert.equal(verdicts["adapter-with-a-fifth-of-parameters"], "fails");
});
