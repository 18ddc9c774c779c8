import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix, Rng } from "@daily-kernel/compute";
import { noNoise, PrivateKernelSum } from "../index.ts";
import { featureState, SimilarityFeatures } from "./similarity-features.ts";

const shape = { dimension: 5, kernel: "gaussian", sigma: 1.3, seed: 4 } as const;
const kinds = [
  { kind: "pair", features: 14 },
  { kind: "phase", features: 9 },
  { kind: "phase", features: 300, projectTo: 3 },
] as const;
const n = 101;
const x = matrix(n, 5, new Rng(1).fillNormal(new Float64Array(5 * n)));
const row = (i: number) => matrix(1, 5, x.data.slice(5 * i, 5 * (i + 1)));

test("a sum is that of each record's own features, cut to the grid: what the sensitivity rests on", async () => {
  for (const kind of kinds) {
    const options = { ...shape, ...kind };
    const structure = new PrivateKernelSum({
      ...options,
      ...{ epsilon: 1, adjacency: "add-remove", noise: noNoise },
    });
    const together = (await structure.fit(x)).toJSON().sum;
    const map = new SimilarityFeatures(featureState("test", options));
    const sum = new Float64Array(kind.features);
    for (let i = 0; i < n; i++) {
      // One record alone has the same bits as among others.
      for (const [k, value] of map.map(row(i)).data.entries())
        sum[k]! += Math.trunc(value * 2 ** 20);
    }
    assert.deepEqual(
      together,
      Array.from(sum, (value) => value / 2 ** 20),
    );
  }
});

test("pairs are (cos, sin) of one angle: on the unit circle; the first of a record at 0 is (1, 0)", () => {
  const map = new SimilarityFeatures(
    featureState("test", { ...shape, kind: "pair", features: 14 }),
  );
  const { data } = map.map(x);
  for (let k = 0; k < data.length; k += 2) {
    assert.ok(Math.abs(Math.hypot(data[k]!, data[k + 1]!) - 1) < 1e-15);
  }
  assert.deepEqual([...map.map(matrix(1, 5)).data.slice(0, 4)].map(Math.abs), [1, 0, 1, 0]);
});
