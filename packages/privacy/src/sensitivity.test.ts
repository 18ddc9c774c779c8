import assert from "node:assert/strict";
import { test } from "node:test";
import { type Matrix, matrix, Rng } from "@daily-kernel/compute";
import {
  type Adjacency,
  noNoise,
  PrivateClassifier,
  PrivateKernelSum,
  PrivateL1,
  PrivateSquaredL2,
} from "./index.ts";

const none = (d: number): Matrix => matrix(0, d);
const one = (x: readonly number[]): Matrix => matrix(1, x.length, x);
const bare = { epsilon: 1, noise: noNoise };

/** Largest l1 change of what is published, over the candidates as records. */
async function worstChange(
  publish: (x: Matrix) => Promise<readonly number[]>,
  candidates: readonly (readonly number[])[],
  adjacency: Adjacency,
): Promise<number> {
  const d = candidates[0]!.length;
  const empty = await publish(none(d));
  const each = await Promise.all(candidates.map((x) => publish(one(x))));
  const change = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0);
  const pairs =
    adjacency === "add-remove"
      ? each.map((a) => change(a, empty))
      : each.flatMap((a) => each.map((b) => change(a, b)));
  return pairs.reduce((most, value) => Math.max(most, value), 0);
}

const grid = (d: number): number[][] =>
  d === 0 ? [[]] : grid(d - 1).flatMap((x) => [0, 0.24, 0.51, 0.76, 1].map((v) => [...x, v]));

for (const adjacency of ["add-remove", "substitute"] as const) {
  test(`${adjacency}: the sensitivity of counts and offsets is attained, never exceeded`, async () => {
    for (const estimator of ["shells", "offsets"] as const) {
      const shape = { dimension: 2, range: [0, 1], levels: 3, adjacency, estimator } as const;
      const structure = new PrivateL1({ ...bare, ...shape });
      const counts = async (x: Matrix) => (await structure.fit(x)).toJSON().counts;
      const offsets = async (x: Matrix) => (await structure.fit(x)).toJSON().offsets;
      assert.equal(await worstChange(counts, grid(2), adjacency), structure.sensitivity());
      assert.equal(structure.sensitivity(), adjacency === "substitute" ? 12 : 6);
      if (estimator === "shells") continue;
      const { spent } = (await structure.fit(none(2))).privacy;
      const part = spent.find(({ what }) => what === "offsets")!;
      assert.equal(await worstChange(offsets, grid(2), adjacency), part.sensitivity);
      assert.equal(
        spent.reduce((sum, { epsilon }) => sum + epsilon, 0),
        1,
      );
    }
  });

  test(`${adjacency}: the sensitivity of moments is attained to a unit of the grid`, async () => {
    for (const d of [1, 2, 5]) {
      const structure = new PrivateSquaredL2({ ...bare, dimension: d, radius: 3, adjacency });
      const corner = Array.from({ length: d }, () => 3 / Math.sqrt(d));
      const rng = new Rng(6);
      const others = Array.from({ length: 40 }, () => {
        const x = Array.from({ length: d }, () => rng.normal());
        return x.map((v) => (2.9999 * v) / Math.hypot(...x));
      });
      const candidates = [corner, corner.map((v) => -v), ...others];
      const sum = async (x: Matrix) => (await structure.fit(x)).toJSON().sum;
      const worst = await worstChange(sum, candidates, adjacency);
      const most = structure.sensitivity();
      assert.ok(worst <= most && worst > most * (1 - 1e-5), `${d}: ${worst} of ${most}`);
      const squares = async (x: Matrix) => [(await structure.fit(x)).toJSON().squares];
      const zero = Array.from({ length: d }, () => 0);
      const square = await worstChange(squares, [zero, ...candidates], adjacency);
      assert.ok(square <= 9 && square > 9 * (1 - 1e-5), `${square}`);
    }
  });

  test(`${adjacency}: the sensitivity of features is never exceeded, and attained by one pair`, async () => {
    for (const kind of ["pair", "phase"] as const) {
      for (const features of [2, 6]) {
        const shape = { dimension: 1, kernel: "gaussian", sigma: 1, features, kind } as const;
        const structure = new PrivateKernelSum({ ...bare, ...shape, adjacency });
        const sum = async (x: Matrix) => (await structure.fit(x)).toJSON().sum;
        const candidates = Array.from({ length: 600 }, (_, i) => [(i - 300) / 20]);
        const worst = await worstChange(sum, candidates, adjacency);
        assert.ok(worst <= structure.sensitivity());
        if (kind === "pair" && features === 2) {
          assert.ok(worst > structure.sensitivity() * 0.999, `${worst}`);
        }
        const expected = Math.SQRT2 * (kind === "pair" ? features / 2 : features);
        const factor = adjacency === "substitute" ? 2 : 1;
        assert.ok(Math.abs(structure.sensitivity() - factor * expected) < 1e-4);
      }
    }
  });
}

test("a record that changes its class is within the substitute's sensitivity", async () => {
  const structure = new PrivateClassifier({
    ...bare,
    dimension: 1,
    kernel: "laplacian",
    sigma: 1,
    features: 4,
    classes: 2,
    classSizes: "private",
    adjacency: "substitute",
  });
  const x = matrix(3, 1, [0.3, -2, 0.3]);
  const publish = async (labels: number[]) => (await structure.fit(x, labels)).toJSON();
  const [a, b] = [await publish([0, 1, 0]), await publish([0, 1, 1])];
  const change = a.sums.flat().reduce((sum, v, i) => sum + Math.abs(v - b.sums.flat()[i]!), 0);
  assert.ok(change <= structure.sensitivity() && change > 0.5 * structure.sensitivity());
  const sizes = a.sizes.reduce((sum, v, i) => sum + Math.abs(v - b.sizes[i]!), 0);
  assert.equal(sizes, a.privacy.spent[1]!.sensitivity);
});
