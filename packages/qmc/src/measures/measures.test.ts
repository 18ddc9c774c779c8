// What holds of every measure: points follow the density, the density is that of the points.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { cases, TestSequence } from "./fixture.ts";
import { Uniform } from "./index.ts";
import type { TrueMeasure } from "./true-measure.ts";

const direct = Object.entries(cases).filter(([name]) => name !== "composed" && name !== "lebesgue");
const hasDensity = ([name]: [string, unknown]) => !name.startsWith("zero inflated");

/** |determinant| by elimination with pivots. */
function determinant(d: number, a: Float64Array): number {
  let product = 1;
  const rows = Array.from({ length: d }, (_, i) => a.slice(i * d, (i + 1) * d));
  for (let k = 0; k < d; k++) {
    let pivot = k;
    for (let i = k; i < d; i++) if (Math.abs(rows[i]![k]!) > Math.abs(rows[pivot]![k]!)) pivot = i;
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    product *= rows[k]![k]!;
    for (let i = k + 1; i < d; i++) {
      const factor = rows[i]![k]! / rows[k]![k]!;
      for (let j = k; j < d; j++) rows[i]![j]! -= factor * rows[k]![j]!;
    }
  }
  return Math.abs(product);
}

/** |dx / du| by central differences. */
function numericJacobian(measure: TrueMeasure, u: Float64Array): number {
  const d = u.length;
  const jacobian = new Float64Array(d * d);
  for (let j = 0; j < d; j++) {
    const h = 1e-6;
    const [up, down] = [u.slice(), u.slice()];
    up[j]! += h;
    down[j]! -= h;
    const [high, low] = [measure.transform(up, 1), measure.transform(down, 1)];
    for (let i = 0; i < d; i++) jacobian[i * d + j] = (high[i]! - low[i]!) / (2 * h);
  }
  return determinant(d, jacobian);
}

for (const [name, make] of Object.entries(cases).filter(hasDensity)) {
  const measure = make();
  const d = measure.sequence.dimension;
  if (d !== measure.dimension || d > 5) continue;
  test(`${name}: the Jacobian is that of finite differences`, () => {
    const n = 20;
    const u = new Rng(3).fillUniform(new Float64Array(n * d)).map((p) => 0.02 + 0.96 * p);
    const { x, jacobian } = measure.weighted(u, n);
    assert.deepEqual(x, measure.transform(u, n));
    // maps that fold the cube cover each point several times, so that only the density is known
    const folds = { "simplex sort": 6, "simplex origami": 6, "simplex mirror": 6 }[name] ?? 1;
    for (let i = 0; i < n; i++) {
      const numeric = numericJacobian(measure, u.subarray(i * d, (i + 1) * d));
      const ratio = (jacobian[i]! / numeric) * folds;
      assert.ok(Math.abs(ratio - 1) < 1e-5, `row ${i}: ${jacobian[i]} and ${numeric}`);
    }
  });
}

/** A map of (0, 1) to the range, with its derivative. */
function spread(lower: number, upper: number, p: number): [x: number, slope: number] {
  if (upper < Infinity) return [lower + p * (upper - lower), upper - lower];
  if (lower > -Infinity) return [lower + 3 * (p / (1 - p)) ** 2, (6 * p) / (1 - p) ** 3];
  const slope = (1 - 2 * p + 2 * p * p) / (p * (1 - p)) ** 2;
  return [(2 * p - 1) / (p * (1 - p)), slope];
}

for (const [name, make] of direct.filter(hasDensity)) {
  const measure = make();
  const d = measure.dimension;
  // too many dimensions, or too narrow a ridge, for points spread over all of the range
  if (d > 4 || name === "matern scales" || name === "clayton 10") continue;
  test(`${name}: the density integrates to 1`, () => {
    const n = 2 ** 16;
    const { data: u } = new TestSequence(d).points({ nMax: n });
    const slopes = new Float64Array(n).fill(1);
    const centre = name.startsWith("geometric") ? 0 : measureCentre(measure);
    const x = u.map((p, k) => {
      const j = k % d;
      const [lower, upper] = [measure.range[2 * j]!, measure.range[2 * j + 1]!];
      const [at, slope] = spread(lower, upper, p);
      slopes[Math.floor(k / d)]! *= slope;
      return at + (lower === -Infinity ? centre : 0);
    });
    const weights = measure.weight(x, n);
    const mean = weights.reduce((sum, w, i) => sum + w * slopes[i]!, 0) / n;
    const loose = d > 2 ? 0.1 : 0.02;
    assert.ok(Math.abs(mean - 1) < loose, `got ${mean}`);
  });
}

function measureCentre(measure: TrueMeasure): number {
  const u = new Float64Array(measure.sequence.dimension).fill(0.5);
  return measure.transform(u, 1)[0]!;
}

for (const [name, make] of direct) {
  test(`${name}: moments are those of the points`, () => {
    const measure = make();
    let mean: Float64Array;
    try {
      mean = measure.mean;
    } catch (error) {
      assert.equal((error as { code: string }).code, "ERR_UNSUPPORTED");
      return;
    }
    const n = 2 ** 15;
    const { dimension: d, standardDeviation } = measure;
    const { data } = measure.points({ nMax: n });
    const means = new Float64Array(d);
    for (let k = 0; k < data.length; k++) means[k % d]! += data[k]! / n;
    const { data: covariance } = measure.covariance;
    const heavy = { "student 2.5": 100, "student 4": 4, "geometric Cholesky": 2 }[name] ?? 1;
    for (let j = 0; j < d; j++) {
      const off = Math.abs(means[j]! - mean[j]!) / standardDeviation[j]!;
      assert.ok(off < 4e-3 * heavy, `mean ${j}: ${means[j]} instead of ${mean[j]}`);
      for (let l = d > 5 ? j : 0; l <= j; l++) {
        let sum = 0;
        for (let i = 0; i < n; i++) {
          sum += (data[i * d + j]! - means[j]!) * (data[i * d + l]! - means[l]!);
        }
        const scale = standardDeviation[j]! * standardDeviation[l]!;
        const error = Math.abs(sum / n - covariance[j * d + l]!) / scale;
        assert.ok(error < 2e-2 * heavy, `covariance ${j} ${l}: ${sum / n}`);
      }
    }
  });
}

for (const [name, make] of Object.entries(cases)) {
  test(`${name}: points lie in the range, also those next to the edges`, () => {
    const measure = make();
    const d = measure.sequence.dimension;
    const edges = [2 ** -53, 1e-300, 0.5, 1 - 2 ** -53];
    const n = edges.length ** 2;
    const u = Float64Array.from({ length: n * d }, (_, k) => {
      const [i, j] = [Math.floor(k / d), k % d];
      return edges[(j % 2 === 0 ? i : Math.floor(i / edges.length)) % edges.length]!;
    });
    const x = measure.transform(u, n);
    const { range, dimension } = measure;
    for (const [k, value] of x.entries()) {
      const j = k % dimension;
      assert.ok(
        value >= range[2 * j]! && value <= range[2 * j + 1]!,
        `${value} of coordinate ${j}`,
      );
    }
  });

  test(`${name}: copies have points of their own, by the same rule`, () => {
    const measure = make();
    const [a, b] = measure.spawn([measure.sequence.dimension, measure.sequence.dimension]);
    assert.equal(a!.constructor, measure.constructor);
    const u = new Rng(2).fillUniform(new Float64Array(3 * measure.sequence.dimension));
    assert.deepEqual(a!.transform(u, 3), measure.transform(u, 3));
    assert.deepEqual(a!.range, measure.range);
    const points = [measure, a!, b!].map((m) => [...m.points({ nMax: 4 }).data].join());
    if (name.startsWith("zero inflated")) return; // most of them are 0
    assert.equal(new Set(points).size, 3);
  });
}

test("points come with the shape of the sequence, in the array that is given", () => {
  const measure = cases.uniform!();
  const [copy] = measure.spawn([2]);
  const out = new Float64Array(10);
  const set = copy!.points({ nMin: 3, nMax: 8, out });
  assert.equal(set.data, out);
  assert.deepEqual(set.data, copy!.points({ nMax: 8 }).data.slice(6));
  assert.deepEqual([set.n, set.dimension, set.replications], [5, 2, 1]);
  assert.throws(() => copy!.points({ nMax: 2, out }), { code: "ERR_SHAPE" });
});

test("each replication is transformed by itself", () => {
  const sequence = new TestSequence(2, { replications: 3 });
  const measure = new Uniform(sequence, { upper: 4 });
  const { data, n, replications, dimension } = measure.points({ nMin: 2, nMax: 7 });
  assert.deepEqual([n, replications, dimension], [5, 3, 2]);
  assert.deepEqual(
    data,
    sequence.points({ nMin: 2, nMax: 7 }).data.map((u) => 4 * u),
  );
});

test("rows are checked at the door", () => {
  const measure = cases.uniform!();
  const code = (run: () => unknown, expected: string, message: RegExp) =>
    assert.throws(run, (error: Error & { code: string }) => {
      assert.equal(error.code, expected);
      assert.match(error.message, message);
      return true;
    });
  const u = Float64Array.of(0.5, 0.5, 0.5, 1.5);
  code(() => measure.transform(u, 2), "ERR_DOMAIN", /Uniform.transform: u .* got 1.5 at index 3/);
  code(() => measure.transform(u, 3), "ERR_SHAPE", /3 rows of 2 numbers, got 4/);
  code(() => measure.transform([0.5, 0.5] as never, 1), "ERR_TYPE", /must be a Float64Array/);
  code(() => measure.weight(Float64Array.of(1, NaN), 1), "ERR_DOMAIN", /NaN at index 1/);
  code(() => measure.weight(u, 1), "ERR_SHAPE", /Uniform.weight: x must hold 1 rows/);
  code(() => new Uniform(7 as never), "ERR_TYPE", /sampler must be a Sequence/);
});
