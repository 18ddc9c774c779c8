import assert from "node:assert/strict";
import { test } from "node:test";
import { matmul, matrix } from "@daily-kernel/compute";
import { Ishigami, Keister, SensitivityIndices, Sobol } from "@daily-kernel/qmc";
import { verdictsOf } from "@daily-kernel/reproduction/testing";
import room from "./run.ts";
import * as wrong from "./wrong.ts";

const { subject } = room;
type Subject = typeof subject;

const atOnce = ["tolerance-kept", "ishigami-indices"];

/** The truth, at no cost, for the claims that a test is not about. */
const light: Partial<Subject> = {
  rules: {
    oracle: async () => ({ solution: Float64Array.of(Keister.exactValue(3)), n: 1 }),
  },
  sensitivityIndices: async () => {
    const exact = new Ishigami(new Sobol({ dimension: 3 }));
    const indices = SensitivityIndices.allSubsets(3).map((subset) => exact.exactIndices(subset));
    return Float64Array.from([
      ...indices.map(({ closed }) => closed),
      ...indices.map(({ total }) => total),
    ]);
  },
};

for (const seed of [2, 77, 1_000_003]) {
  test(`seed ${seed}: what quick measures holds, the clock aside`, async () => {
    const verdicts = await verdictsOf(room, { seed });
    for (const claim of [
      "sobol-points-identical",
      "digital-shift-slope",
      "matrix-scramble-slope",
      "second-order-slope",
      "third-order-slope",
      "baker-lattice-slope",
      "nested-scramble-keeps-net",
      "scrambling-beats-shift",
      "dsi-kernel-is-its-walsh-series",
      "fast-gram-exact",
      ...atOnce,
    ]) {
      assert.equal(verdicts[claim], "holds", claim);
    }
  });
}

/** Which claims must fail, and which must still hold, with a wrong implementation in place. */
const replaced: Record<string, [Partial<Subject>, string[], string[]]> = {
  "one wrong bit in one of 21,201 dimensions": [
    { sobol: wrong.oneWrongBit },
    ["sobol-points-identical"],
    ["digital-shift-slope"],
  ],
  "a shift where a scramble was asked for": [
    { sobol: wrong.shiftOnly },
    ["matrix-scramble-slope", "second-order-slope", "scrambling-beats-shift"],
    ["digital-shift-slope", "sobol-points-identical"],
  ],
  "interlacing of one component less": [
    { sobol: wrong.underInterlaced },
    ["second-order-slope", "third-order-slope"],
    ["matrix-scramble-slope"],
  ],
  "independent points for a net": [
    { sobol: wrong.independentNet },
    [
      "sobol-points-identical",
      "digital-shift-slope",
      "matrix-scramble-slope",
      "nested-scramble-keeps-net",
    ],
    ["baker-lattice-slope"],
  ],
  "a nested scramble that forgets the path": [
    {
      sobol: (options) =>
        options.randomize === "NUS" ? wrong.forgetfulScramble(options) : subject.sobol(options),
    },
    ["nested-scramble-keeps-net", "scrambling-beats-shift"],
    ["matrix-scramble-slope"],
  ],
  "independent points for a lattice": [
    { lattice: wrong.independent },
    ["baker-lattice-slope"],
    ["digital-shift-slope"],
  ],
  "the kernel of order 4 without its last term": [
    { profile: wrong.withoutLastTerm },
    ["dsi-kernel-is-its-walsh-series"],
    ["fast-gram-exact"],
  ],
  "eigenvalues of another matrix": [
    { product: wrong.firstColumnOnly },
    ["fast-gram-exact"],
    ["dsi-kernel-is-its-walsh-series"],
  ],
  "a rule that believes its first points": [
    { rules: { credulous: wrong.credulous } },
    ["tolerance-kept"],
    ["ishigami-indices"],
  ],
  "sensitivity indices with closed and total exchanged": [
    { sensitivityIndices: wrong.exchanged(light.sensitivityIndices!) },
    ["ishigami-indices"],
    ["tolerance-kept"],
  ],
};
for (const [name, [put, fail, hold]] of Object.entries(replaced)) {
  test(`wrong: ${name}`, async () => {
    const verdicts = await verdictsOf(room, { seed: 31, subject: { ...light, ...put } });
    for (const claim of fail) assert.equal(verdicts[claim], "fails", claim);
    for (const claim of hold) assert.equal(verdicts[claim], "holds", claim);
  });
}

test("wrong: a product that goes through the matrix is not fast", async () => {
  const dense: Subject["product"] = (_kind, kernel, points) => {
    const gram = kernel.gram(points, points);
    return (y) => matmul(gram, matrix(y.length, 1, y)).data;
  };
  const verdicts = await verdictsOf(room, { seed: 31, subject: { ...light, product: dense } });
  assert.equal(verdicts["fast-gram-faster"], "fails");
  assert.equal(verdicts["fast-gram-exact"], "holds");
});

test("wrong: points that differ in one bit on the GPU", async () => {
  const run = (put: Partial<Subject>) =>
    verdictsOf(room, {
      seed: 31,
      device: "webgpu",
      gpu: async () => ({}) as GPUDevice,
      subject: { ...light, ...put },
    });
  assert.equal((await run({ onGpu: wrong.oneBitOnGpu }))["gpu-bits-identical"], "fails");
  const same: Subject["onGpu"] = {
    points: async (net, { nMax }) => net.points({ nMax }),
    transform: wrong.oneBitOnGpu.transform,
  };
  assert.equal((await run({ onGpu: same }))["gpu-bits-identical"], "holds");
});

test("wrong, in full: a constant for a process, and a rule that stops at the coarsest level", async () => {
  const verdicts = await verdictsOf(room, {
    seed: 31,
    preset: "full",
    subject: {
      ...light,
      fitProcess: wrong.constantProcess,
      multilevelQmc: wrong.coarsestLevelOnly,
      multilevelMc: async () => ({ price: 1.785, cost: 1e9 }), // what it finds, at no cost
    },
  });
  assert.equal(verdicts["fast-process-on-65536-points"], "fails");
  assert.equal(verdicts["multilevel-saves"], "fails");
  assert.equal(verdicts["sobol-points-identical"], "holds");
});
