import assert from "node:assert/strict";
import { test } from "node:test";
import { type Predictor, shippedDataSet, targetNames } from "@daily-kernel/forge/cost-model";
import { settle } from "@daily-kernel/reproduction/fields";
import { ownResultOf, verdictsOf } from "@daily-kernel/reproduction/testing";
import { toolChain } from "./fresh.ts";
import { ownInput } from "./own-input.ts";
import room from "./run.ts";
import type { Subject } from "./subject.ts";
import * as wrong from "./wrong.ts";

const { samples, variants } = await shippedDataSet();
const truths = new Map([...samples, ...variants.flat()].map(({ text, values }) => [text, values]));

/** Knows every stored truth; with `error` it is off by up to that factor, by the text's length. */
function knowing(targets: Predictor["targets"], error = 1): Predictor {
  return {
    targets,
    estimate: (texts) =>
      texts.map((text) => {
        const off = 1 + (error - 1) * Math.sin(text.length);
        return targets.map((target) => (truths.get(text)?.[target] ?? 0) * off);
      }),
  };
}
const without: Subject["toolChain"] = async () => ({ missing: "not in this test" });
/** Everything is known, but without operands a little less well. */
const right: Partial<Subject> = {
  toolChain: without,
  train: async ({ targets, mode, seed }) =>
    knowing(targets!, mode === "ops" ? 1.5 + 0.01 * seed ** 0.1 : 1),
  shipped: async () => knowing(targetNames),
};
const settled = [
  "register-error-within-seven-percent",
  "operand-tokens-help",
  "text-model-beats-op-counts",
  "variant-choice-regret",
];
const mean = "mean-predictor-passes-too";
/** Forests take their time: not where another thing is at fault. */
const forestIsMean: Subject["baseline"] = (name, ...rest) =>
  room.subject.baseline(name === "forest" ? "mean" : name, ...rest);

test("with full knowledge every claim holds", async () => {
  const verdicts = await verdictsOf(room, {
    preset: "full",
    subject: { ...right, baseline: forestIsMean },
  });
  for (const claim of settled) assert.equal(verdicts[claim], "holds", claim);
  assert.equal(verdicts["prediction-faster-than-lowering"], "not-measured");
});

test("wrong: a network that learns nothing", async () => {
  const subject = { ...right, baseline: forestIsMean, train: wrong.learnsNothing };
  const verdicts = await verdictsOf(room, { preset: "full", subject });
  for (const claim of settled.slice(0, 3)) assert.equal(verdicts[claim], "fails", claim);
});

test("wrong: a shipped model that says the same of every function", async () => {
  const subject = { ...right, train: wrong.learnsNothing, shipped: wrong.shippedConstant };
  const verdicts = await verdictsOf(room, { subject });
  assert.equal(verdicts["register-error-within-seven-percent"], "fails");
  assert.equal(verdicts["text-model-beats-op-counts"], "not-measured");
});

test("wrong: zero under the name of the mean", async () => {
  const known = { ...right, baseline: () => knowing(targetNames) };
  assert.equal((await verdictsOf(room, { subject: known }))[mean], "holds");
  const subject = { ...right, train: wrong.learnsNothing, baseline: wrong.zero };
  assert.equal((await verdictsOf(room, { subject }))[mean], "fails");
});

test("wrong: a shipped model that takes longer texts for faster ones, slowly", async () => {
  const tools = await toolChain();
  const subject = {
    ...right,
    toolChain: async () => tools,
    train: wrong.learnsNothing,
    baseline: forestIsMean,
    shipped: wrong.shippedSlowAndLong,
  };
  const verdicts = await verdictsOf(room, { subject });
  assert.equal(verdicts["variant-choice-regret"], "fails");
  const slow = "missing" in tools ? "not-measured" : "fails";
  assert.equal(verdicts["prediction-faster-than-lowering"], slow);
});

test("the reader's own text: predictions for every function, faults with their place", async () => {
  const { facts } = await ownResultOf(room, settle(ownInput.fields, {}));
  assert.equal(facts[0]!.label, "@blur, tokens");
  assert.ok(facts.some(({ label }) => label === "@blur, time of a call, ns"));
  await assert.rejects(
    ownResultOf(room, settle(ownInput.fields, { text: "func.func @f() {\n" })),
    /line 1, column 16/,
  );
});
