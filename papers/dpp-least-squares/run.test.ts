import assert from "node:assert/strict";
import { test } from "node:test";
import { type Matrix, Rng } from "@daily-kernel/compute";
import { decide } from "@daily-kernel/reproduction";
import { verdictsOf } from "@daily-kernel/reproduction/testing";
import type { LeastSquaresFit, OrthonormalBasis, WeightedPoints } from "@daily-kernel/sampling";
import { higherDimensions } from "./dimensions.ts";
import paper from "./paper.ts";
import room from "./run.ts";
import type { Draw, Fit } from "./trials.ts";
import * as wrong from "./wrong.ts";

const { subject } = room;
type Subject = typeof subject;

/** Draws once for a basis and size, and then gives the same points: for what a test is not about. */
function frozen(draw: Draw): Draw {
  const drawn = new WeakMap<OrthonormalBasis, Map<number, WeightedPoints>>();
  return (basis, n, rng) => {
    const sizes = drawn.get(basis) ?? new Map<number, WeightedPoints>();
    drawn.set(basis, sizes);
    const sample = sizes.get(n) ?? draw(basis, n, rng);
    sizes.set(n, sample);
    return sample;
  };
}
const fitted = new WeakMap<Matrix, LeastSquaresFit>();
/** Does not fit the same values at frozen points again; kernel sections differ from run to run. */
const remembering: Fit = (x, y, basis, weights) => {
  const known = basis.features === 8 ? undefined : fitted.get(x);
  const fit = known ?? subject.fit(x, y, basis, weights);
  fitted.set(x, fit);
  return fit;
};
const light: Partial<Subject> = {
  repeated: frozen(subject.repeated),
  volume: frozen(subject.volume),
  independent: frozen(subject.independent),
  naive: frozen(subject.naive),
  fit: remembering,
};

const hold = paper.claims
  .map(({ id }) => id)
  .filter(
    (id) =>
      !["repeated-draws-in-more-dimensions", "real-table-rows", "large-draw-cheap"].includes(id),
  );

for (const seed of [2, 77, 1_000_003]) {
  test(`seed ${seed}: what quick measures holds, the clock and the data aside`, async () => {
    const verdicts = await verdictsOf(room, { seed });
    for (const claim of hold) assert.equal(verdicts[claim], "holds", claim);
    assert.ok(["holds", "not-measured"].includes(verdicts["real-table-rows"]!));
  });
}

/** Which claims must fail with a wrong implementation in place. */
const replaced: Record<string, [Partial<Subject>, string[]]> = {
  "independent points under the name of repelling ones": [
    {
      repeated: wrong.independent,
      drawOnce: wrong.independentOnce,
      independent: subject.independent,
    },
    [
      "error-at-minimal-size",
      "repeated-draws-near-optimal",
      "repeated-draws-on-the-line",
      "independent-points-worse",
      "repeated-draws-stable",
      "repeated-draws-need-half",
      "counts-determinantal",
    ],
  ],
  "repulsion by eye": [
    { drawOnce: wrong.farthestOfThree, volume: wrong.volumeByEye },
    ["counts-determinantal", "volume-sampling-unbiased", "mean-inverse-gram"],
  ],
  "volume sampling without its weights": [
    { volume: wrong.withoutWeights },
    ["volume-sampling-unbiased", "mean-inverse-gram"],
  ],
  "repelling points under the name of independent ones": [
    { independent: subject.repeated },
    ["independent-points-unstable"],
  ],
  "bounds without the smallest eigenvalue": [
    {
      supConstant: wrong.boundOfAStableFit,
      kernelConstant: wrong.embeddingOnly,
      independent: subject.independent,
    },
    ["sure-bound-never-broken", "kernel-bound-never-broken"],
  ],
  "removal that looks at no condition": [{ thin: wrong.firstPoints }, ["thinning-keeps-few"]],
};
for (const [name, [put, fail]] of Object.entries(replaced)) {
  test(`wrong: ${name}`, async () => {
    const verdicts = await verdictsOf(room, { seed: 31, subject: { ...light, ...put } });
    for (const claim of fail) assert.equal(verdicts[claim], "fails", claim);
  });
}

test("wrong: rows drawn uniformly are no better than rows drawn uniformly", async (t) => {
  const put = { ...light, repeated: wrong.uniform, naive: subject.naive };
  const verdicts = await verdictsOf(room, { seed: 31, subject: put });
  if (verdicts["real-table-rows"] === "not-measured") return t.skip("needs the data");
  assert.equal(verdicts["real-table-rows"], "fails");
});

test("wrong: the most spread of twelve draws is no cheap one", async () => {
  const drawOnce: Subject["drawOnce"] = (basis, rng) =>
    (basis.features === 210 ? wrong.bestOfTwelve : subject.drawOnce)(basis, rng);
  const verdicts = await verdictsOf(room, { seed: 31, subject: { ...light, drawOnce } });
  assert.equal(verdicts["large-draw-cheap"], "fails");
});

test("in more dimensions repeated draws hold what independent ones do not", async () => {
  const { holdsIf } = paper.claims.find(({ id }) => id === "repeated-draws-in-more-dimensions")!;
  const lab = { progress: async () => {}, rng: (name: string) => new Rng(19, name) };
  const verdict = async (draw: Draw) => {
    const measured = await higherDimensions(draw, light.independent!, subject.fit, 200, lab);
    return decide(holdsIf, { kind: "exact", ...measured });
  };
  assert.equal(await verdict(subject.repeated), "holds");
  assert.equal(await verdict(wrong.independent), "fails");
});
