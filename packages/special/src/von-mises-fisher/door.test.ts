import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix, Rng } from "@daily-kernel/compute";
import { VonMisesFisherMixture } from "./mixture.ts";
import { VonMisesFisher } from "./von-mises-fisher.ts";

// biome-ignore lint/suspicious/noExplicitAny: calls from JavaScript, without a type checker
type Anything = any;
const mean = Float64Array.of(0.6, 0.8);
const vmf = new VonMisesFisher({ mean, kappa: 3 });
const x = vmf.sample(50, new Rng(1));
const type = { name: "TypeError", code: "ERR_TYPE" };

test("wrong kinds of arguments: a TypeError with its code", () => {
  const Class = VonMisesFisher as Anything;
  for (const kappa of ["5", null, true, [5], 5n, undefined, {}]) {
    assert.throws(() => new Class({ mean, kappa }), { ...type, message: /kappa/ }, String(kappa));
  }
  assert.throws(() => new Class(), type);
  assert.throws(() => new Class(null), type);
  assert.throws(() => new Class({ kappa: 1 }), type);
  for (const other of [null, undefined, {}, { mean, kappa: 1, dimension: 2 }]) {
    assert.throws(() => vmf.kl(other as Anything), { ...type, message: /other/ });
  }
  assert.throws(() => Class.fit(x, null), type);
  assert.throws(() => Class.fit(x, { correctBias: "yes" }), type);
  assert.throws(() => Class.fit(x, { weights: [1, 2] }), type);
  assert.throws(() => Class.fit({ data: mean, rows: "1", cols: 2 }), type);
  assert.throws(() => Class.fromSums(mean, 5n), type);
  assert.throws(() => Class.fromSums(mean, 2, null), type);
  assert.throws(() => vmf.standardError("9" as Anything), type);
});

test("mixtures: wrong kinds of arguments", async () => {
  const Class = VonMisesFisherMixture as Anything;
  const weights = Float64Array.of(1);
  for (const wrong of [undefined, null, {}, { weights }, { components: [vmf] }]) {
    assert.throws(() => new Class(wrong), type);
  }
  assert.throws(() => new Class({ weights, components: [{}] }), {
    ...type,
    message: "VonMisesFisherMixture: components[0] must be a VonMisesFisher, got Object",
  });
  assert.throws(() => new Class({ weights, components: [null] }), type);
  const mixture = new VonMisesFisherMixture({ weights, components: [vmf] });
  for (const method of ["logPdf", "logLikelihood", "responsibilities", "bic"]) {
    for (const wrong of [null, undefined, {}, [1, 0]]) {
      assert.throws(() => (mixture as Anything)[method](wrong), type, method);
    }
  }
  for (const wrong of [undefined, null, 5, { seed: 1, signal: {} }, { seed: 1, onProgress: 5 }]) {
    await assert.rejects(Class.fit(x, 1, wrong), type);
  }
  await assert.rejects(Class.fit(x, 1, { seed: 1, maxKappa: "9" }), type);
});

test("a mixture takes one vector as one row", () => {
  const components = [vmf, new VonMisesFisher({ mean: Float64Array.of(-1, 0), kappa: 2 })];
  const mixture = new VonMisesFisherMixture({ weights: Float64Array.of(0.25, 0.75), components });
  const row = matrix(1, 2, mean);
  assert.equal(mixture.logPdf(mean), mixture.logPdf(row)[0]);
  assert.equal(mixture.logLikelihood(mean), mixture.logPdf(mean));
  assert.equal(mixture.bic(mean), mixture.bic(row));
  assert.deepEqual(mixture.responsibilities(mean), mixture.responsibilities(row));
});

test("log-likelihoods: the start's, then one an iteration", async () => {
  for (const maxIterations of [1, 3]) {
    let iterations = 0;
    const fitted = await VonMisesFisherMixture.fit(x, 2, {
      seed: 1,
      maxIterations,
      tolerance: 0,
      onProgress: (done) => {
        iterations = done;
      },
    });
    assert.equal(fitted.logLikelihoods.length, iterations + 1);
    assert.ok(iterations >= 1 && iterations <= maxIterations);
  }
});

test("more draws than memory: ERR_UNSUPPORTED", () => {
  const unsupported = { code: "ERR_UNSUPPORTED", message: /sample: this runtime cannot allocate/ };
  assert.throws(() => vmf.sample(1e12, new Rng(1)), unsupported);
  const mixture = new VonMisesFisherMixture({ weights: Float64Array.of(1), components: [vmf] });
  assert.throws(() => mixture.sample(1e12, new Rng(1)), unsupported);
});
