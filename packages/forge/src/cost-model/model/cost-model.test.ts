import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type Sample, shippedDataSet, splitByGroup } from "../data/data-set.ts";
import { evaluate } from "../evaluate.ts";
import { generate } from "../generate/generate.ts";
import { parseMlir } from "../mlir/parse.ts";
import { CostModel } from "./cost-model.ts";
import { jaxForward } from "./fixture.ts";
import { decodeHalf, encodeHalf } from "./float16.ts";
import { ConvInference } from "./infer.ts";
import { networkInput } from "./input.ts";
import { product } from "./linear.ts";
import { runSimd } from "./simd.ts";
import { trainCostModel } from "./train.ts";

let train: Sample[];
let test600: Sample[];
let model: CostModel;
const targets = ["instructions", "vgprs", "nanoseconds"] as const;

before(async () => {
  const { samples } = await shippedDataSet();
  ({ train, test: test600 } = splitByGroup(samples, { seed: 3 }));
  const schedule = { batch: 8 };
  model = await trainCostModel({
    data: train.slice(0, 192),
    targets,
    seed: 1,
    epochs: 6,
    schedule,
  });
});

test("a little training already explains what the mean cannot", () => {
  const { scores } = evaluate(model, test600);
  assert.ok(scores.nanoseconds!.r2 > 0.3, `r2 ${scores.nanoseconds!.r2}`);
  assert.ok(scores.nanoseconds!.spearman > 0.6);
  assert.deepEqual(Object.keys(scores.vgprs!.perDialect).sort(), ["affine", "linalg", "tosa"]);
});

test("the same seed trains the same model; saved and loaded it predicts the same", async () => {
  const options = { data: train.slice(0, 32), targets: ["spills"] as const, seed: 5, epochs: 1 };
  const [a, b] = [await trainCostModel(options), await trainCostModel(options)];
  const texts = test600.slice(0, 9).map(({ text }) => text);
  assert.deepEqual(a.estimate(texts), b.estimate(texts));
  assert.deepEqual(CostModel.load(a.save()).estimate(texts), a.estimate(texts));
  const { json, weights } = a.save();
  assert.throws(() => CostModel.load({ json, weights: weights.slice(1) }), { code: "ERR_DOMAIN" });
});

test("plain loops, WebAssembly and jax-js agree to rounding", async () => {
  const { vocabulary, operations } = model.header;
  const [weights] = model.members;
  const inputs = test600
    .slice(0, 70)
    .map(({ text }) => networkInput(parseMlir(text).functions[0]!, vocabulary, operations));
  inputs.push({ ids: new Int32Array(0), counts: inputs[0]!.counts });
  const { embed, conv1 } = weights as Record<
    string,
    { data: Float32Array; shape: readonly number[] }
  >;
  const table = product(
    embed!.data,
    conv1!.data,
    embed!.shape[0]!,
    embed!.shape[1]!,
    conv1!.shape[1]!,
  );
  const plain = new ConvInference(weights!).run(inputs);
  const simd = runSimd(weights!, table, inputs);
  assert.equal(plain.length, 71 * 3);
  for (let i = 0; i < plain.length; i++) {
    assert.ok(Math.abs(plain[i]! - simd[i]!) < 2e-4, `${i}: ${plain[i]} ${simd[i]}`);
  }
  for (const k of [0, 33, 69]) {
    const jax = await jaxForward(weights!, inputs[k]!);
    for (const [j, value] of jax.entries()) {
      assert.ok(Math.abs(value - plain[k * 3 + j]!) < 2e-4, `${k}: ${value} ${plain[k * 3 + j]}`);
    }
  }
});

test("a prediction depends on its text alone: not on its neighbours, names or white space", () => {
  const texts = generate({ family: "affine", n: 5, seed: 8 }).map(({ text }) => text);
  const together = model.predict(texts);
  for (const [i, text] of texts.entries()) {
    const renamed = text.replaceAll("%", "%v_").replaceAll("\n", "\r\n  ");
    assert.deepEqual(model.predict([renamed]), [together[i]]);
  }
});

test("one prediction a function; none for an empty module", () => {
  const [a, b] = generate({ family: "linalg", n: 2, seed: 8 }).map(({ text }) => text);
  const both = `${a!.replace("@kernel", "@first")}\n${b!.replace("@kernel", "@second")}`;
  const [found] = model.predict([both]);
  assert.deepEqual(
    found!.map(({ name }) => name),
    ["first", "second"],
  );
  assert.deepEqual(found![1]!.values, model.predict([b!])[0]![0]!.values);
  assert.deepEqual(model.predict(["module {}"]), [[]]);
});

test("unknown dialects are refused by name, long texts say what was not read", () => {
  const strange =
    "func.func @f(%x: f32) -> f32 {\n  %0 = stablehlo.add %x, %x : f32\n  return %0 : f32\n}";
  assert.throws(() => model.predict([strange]), {
    code: "ERR_UNKNOWN_DIALECT",
    message: /stablehlo/,
  });
  assert.equal(model.predict([strange], { unknown: "accept" })[0]!.length, 1);
  const line = "  %N = arith.addf %x, %x : f32\n";
  const body = Array.from({ length: 600 }, (_, i) => line.replace("N", String(i))).join("");
  const [long] = model.predict([`func.func @f(%x: f32) {\n${body}  return\n}`]);
  const { warnings } = long![0]!;
  assert.equal(warnings[0]!.code, "TruncatedInput");
  assert.ok(warnings[0]!.dropped > 0.4 && warnings[0]!.dropped < 0.5);
});

test("bag of tokens and LSTM train and predict, too", async () => {
  for (const kind of ["bow", "lstm"] as const) {
    const small = await trainCostModel({
      data: train.slice(0, 64),
      targets: ["nanoseconds"],
      model: kind,
      seed: 2,
      epochs: 12,
      schedule: { batch: 8 },
    });
    const { scores } = evaluate(small, test600.slice(0, 200));
    assert.ok(scores.nanoseconds!.spearman > 0.4, `${kind} ${scores.nanoseconds!.spearman}`);
  }
});

test("samples of two versions of LLVM are not mixed", async () => {
  const data = [train[0]!, { ...train[1]!, llvm: "16.0.0" }];
  await assert.rejects(trainCostModel({ data, seed: 1 }), { code: "ERR_MIXED_TRUTH" });
  await assert.rejects(trainCostModel({ data: [], seed: 1 }), { code: "ERR_DOMAIN" });
});

test("training stops when it is told to", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const onProgress = () => controller.abort(reason);
  const options = { data: train.slice(0, 64), seed: 1, signal: controller.signal, onProgress };
  await assert.rejects(trainCostModel(options), (error) => error === reason);
});

test("half precision keeps weights to a thousandth", () => {
  const x = Float32Array.of(0, 1, -0.33333, 1e-6, 123.4, -6e-5, 65504);
  const back = decodeHalf(encodeHalf(x));
  for (const [i, value] of x.entries()) {
    assert.ok(Math.abs(back[i]! - value) <= Math.abs(value) * 1e-3 + 1e-7, `${value} ${back[i]}`);
  }
});
