import assert from "node:assert/strict";
import { test } from "node:test";
import { ownResultOf, verdictsOf } from "@daily-kernel/reproduction/testing";
import room from "./run.ts";
import * as wrong from "./wrong.ts";

const { subject } = room;
const seeds = [2, 77, 1_000_003];

/** Rows that sum to exactly n A mean: no draw at all, for claims that are not about draws. */
const sample: typeof subject.sample = (vmf, n) => {
  const data = new Float64Array(n * vmf.dimension);
  const length = vmf.meanResultantLength;
  const row = vmf.mean.map((value) => value * length);
  for (let i = 0; i < n; i++) data.set(row, i * row.length);
  return { data };
};

for (const seed of seeds) {
  test(`seed ${seed}: what quick measures holds, the clock aside`, async () => {
    const verdicts = await verdictsOf(room, { seed });
    for (const claim of [
      "log-i-accurate",
      "log-k-accurate",
      "always-finite",
      "scipy-fails-at-large-order",
      "vmf-kappa-recovered",
      "vmf-kappa-is-the-root",
      "vmf-scipy-path-fails",
    ]) {
      assert.equal(verdicts[claim], "holds", claim);
    }
    assert.equal(verdicts["vmf-real-features-fit"], "not-measured");
  });

  test(`seed ${seed}: maximum likelihood without the correction of its bias`, async () => {
    const replaced = { fitFromSums: wrong.uncorrectedFromSums };
    const verdicts = await verdictsOf(room, { seed, subject: replaced });
    assert.equal(verdicts["vmf-kappa-recovered"], "fails");
    assert.equal(verdicts["vmf-kappa-is-the-root"], "holds");
  });
}

test("the logarithm of I itself in doubles", async () => {
  const replaced = { logBesselI: wrong.logOfBesselI, sample };
  const verdicts = await verdictsOf(room, { seed: 77, subject: replaced });
  assert.equal(verdicts["log-i-accurate"], "fails");
  assert.equal(verdicts["always-finite"], "fails");
  assert.equal(verdicts["scipy-fails-at-large-order"], "fails");
  assert.equal(verdicts["log-k-accurate"], "holds");
});

test("a sampler of a concentration 10 % too small", async () => {
  const verdicts = await verdictsOf(room, { seed: 5, subject: { sample: wrong.thinnedSample } });
  assert.equal(verdicts["vmf-kappa-recovered"], "fails");
});

test("the paper's integral for K in its fallback region", async () => {
  const logBesselK: typeof subject.logBesselK = (v, x) =>
    v.length > 1000
      ? subject.logBesselK(v, x) // the rule is slow, and its errors show on the stored points
      : v.map((order, i) => wrong.rothwellLogBesselK(order, x[i]!));
  const verdicts = await verdictsOf(room, { subject: { logBesselK, sample } });
  assert.equal(verdicts["log-k-accurate"], "fails");
  assert.equal(verdicts["log-i-accurate"], "holds");
});

test("Banerjee's approximation without a Newton step", async () => {
  const replaced = { fitFromSums: wrong.banerjeeFromSums, sample };
  const verdicts = await verdictsOf(room, { subject: replaced });
  assert.equal(verdicts["vmf-kappa-is-the-root"], "fails");
});

test("a fit that lands where SciPy is finite", async () => {
  const replaced = { fitFromSums: wrong.concentratedFromSums, sample };
  const verdicts = await verdictsOf(room, { subject: replaced });
  assert.equal(verdicts["vmf-scipy-path-fails"], "fails");
});

test("an evaluation that takes ten times as long is not faster than SciPy", async () => {
  const slow =
    (f: typeof subject.logBesselI): typeof subject.logBesselI =>
    (v, x) => {
      for (let again = 1; again < 10; again++) f(v, x);
      return f(v, x);
    };
  const verdicts = await verdictsOf(room, {
    subject: {
      logBesselI: slow(subject.logBesselI),
      logBesselK: slow(subject.logBesselK),
      sample,
    },
  });
  assert.equal(verdicts["faster-than-scipy-on-cpu"], "fails");
});

test("own input: a fit of pasted vectors, and errors that name the line", async () => {
  const own = (vectors: string) => ownResultOf(room, { vectors });
  const { facts, figures } = await own("");
  assert.ok(
    facts.some(({ label, value }) => label.includes("kappa") && Number.parseFloat(value) > 1),
  );
  assert.equal(figures.length, 1);
  await assert.rejects(own("1,0\n0,1\n1,1\n"), /line 3: the vector must have norm 1/);
  await assert.rejects(own("1,0\n\n0,x\n"), /line 3: value 2 must be a finite number/);
  await assert.rejects(own("1,0\n0,0,1\n"), /line 2: expected 2 numbers/);
  await assert.rejects(own("\n"), /at least two lines/);
});

test("image features: holds for the fit, fails for Banerjee's approximation", async () => {
  // stand-in features of smaller sizes, so that no network runs here
  const imageFeatures: typeof subject.imageFeatures = async (lab, count) => {
    const rng = lab.rng("stand-in");
    const sizes = [64, 256, 1024].map((cols) => {
      const data = rng.fillUniform(new Float32Array(count * cols));
      for (let i = 0; i < count; i++) {
        const row = data.subarray(i * cols, (i + 1) * cols);
        const scale = 1 / Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
        for (let j = 0; j < cols; j++) row[j]! *= scale;
      }
      return { data, rows: count, cols };
    });
    return { sizes, labels: Uint8Array.from({ length: count }, (_, i) => i % 10) };
  };
  const options = { preset: "full", seed: 12 } as const;
  const ours = await verdictsOf(room, { ...options, subject: { imageFeatures, sample } });
  assert.equal(ours["vmf-real-features-fit"], "holds");
  const replaced = { imageFeatures, sample, fit: wrong.banerjeeFit };
  const theirs = await verdictsOf(room, { ...options, subject: replaced });
  assert.equal(theirs["vmf-real-features-fit"], "fails");
});

/** A stand-in device: the functions that use it are replaced too. */
const gpu = async () =>
  ({ adapterInfo: { vendor: "none", architecture: "none", description: "stand-in" } }) as GPUDevice;
const onGpu =
  (f: typeof subject.logBesselI): typeof subject.logBesselIGpu =>
  async (_device, v, x) =>
    f(v, x);

test("WebGPU: the CPU in its place agrees but is too slow, and an exponent formed in single precision disagrees", async () => {
  const options = { device: "webgpu", gpu } as const;
  const logBesselKGpu = onGpu(subject.logBesselK);
  const ours = await verdictsOf(room, {
    ...options,
    subject: { logBesselIGpu: onGpu(subject.logBesselI), logBesselKGpu, sample },
  });
  assert.equal(ours["gpu-agrees-with-cpu"], "holds");
  assert.equal(ours["faster-than-scipy-on-gpu"], "fails");
  const theirs = await verdictsOf(room, {
    ...options,
    subject: { logBesselIGpu: onGpu(wrong.singlePrecisionExponent), logBesselKGpu, sample },
  });
  assert.equal(theirs["gpu-agrees-with-cpu"], "fails");
});
