import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Matrix, Rng } from "@daily-kernel/compute";
import { VonMisesFisher } from "./von-mises-fisher.ts";

type Sampler = (vmf: VonMisesFisher, n: number, rng: Rng) => Matrix;
/** In units of its own standard error: above 4.5 the sampler is wrong. */
type Check = (x: Matrix, vmf: VonMisesFisher) => number;

const { cosine }: { cosine: number[][] } = JSON.parse(
  readFileSync(
    new URL("../../reference-data-functions/von-mises-fisher.json", import.meta.url),
    "utf8",
  ),
);

function cosines(x: Matrix, mean: Float64Array): Float64Array {
  return Float64Array.from({ length: x.rows }, (_, i) =>
    x.data.subarray(i * x.cols, (i + 1) * x.cols).reduce((sum, v, j) => sum + v * mean[j]!, 0),
  );
}

const average = (values: Float64Array) => values.reduce((sum, v) => sum + v, 0) / values.length;

/** Mean of the cosine against A_p(kappa). */
const resultantLength: Check = (x, vmf) => {
  const error = average(cosines(x, vmf.mean)) - vmf.meanResultantLength;
  return Math.abs(error) / Math.sqrt(vmf.fisherInformation / x.rows);
};

/** Variance of the cosine against A_p'(kappa). */
const cosineVariance: Check = (x, vmf) => {
  const squares = cosines(x, vmf.mean).map((t) => (t - vmf.meanResultantLength) ** 2);
  const mean = average(squares);
  const spread = average(squares.map((s) => (s - mean) ** 2));
  return Math.abs(mean - vmf.fisherInformation) / Math.sqrt(spread / x.rows);
};

/** Kolmogorov-Smirnov distance of the cosine to the integrated distribution, on its grid. */
const cosineDistribution: Check = (x, vmf) => {
  const sorted = cosines(x, vmf.mean).sort();
  let distance = 0;
  for (const [p, kappa, t, probability] of cosine) {
    if (p !== vmf.dimension || kappa !== vmf.kappa) continue;
    let below = 0;
    while (below < sorted.length && sorted[below]! <= t!) below++;
    distance = Math.max(distance, Math.abs(below / sorted.length - probability!));
  }
  assert.ok(distance > 0);
  // 1.95 / sqrt(n) has probability 0.001
  return (distance * Math.sqrt(x.rows) * 4.5) / 1.95;
};

/** The direction in the tangent space is uniform: zero mean, covariance I / (p-1), along two axes. */
const tangentUniform: Check = (x, vmf) => {
  const p = x.cols;
  const [u, w] = tangentPair(vmf.mean);
  const t = cosines(x, vmf.mean);
  const scaled = (axis: Float64Array) =>
    cosines(x, axis).map((c, i) => (c / Math.sqrt(1 - t[i]! ** 2)) * Math.sqrt(p - 1));
  const a = scaled(u);
  const b = scaled(w);
  const z = (values: Float64Array, expected: number) => {
    const mean = average(values);
    const spread = average(values.map((v) => (v - mean) ** 2));
    return Math.abs(mean - expected) / Math.sqrt(spread / values.length + 1e-30);
  };
  if (p === 2) return z(a, 0);
  return Math.max(
    z(a, 0),
    z(b, 0),
    z(
      a.map((v) => v * v),
      1,
    ),
    z(
      b.map((v) => v * v),
      1,
    ),
    z(
      a.map((v, i) => v * b[i]!),
      0,
    ),
  );
};

/** Two orthonormal vectors orthogonal to the mean (equal to one another where p = 2). */
function tangentPair(mean: Float64Array): [Float64Array, Float64Array] {
  const basis: Float64Array[] = [mean];
  for (let j = 0; basis.length < Math.min(3, mean.length); j++) {
    const vector = new Float64Array(mean.length).with(j, 1);
    for (const other of basis) {
      const dot = vector.reduce((sum, v, i) => sum + v * other[i]!, 0);
      for (let i = 0; i < vector.length; i++) vector[i]! -= dot * other[i]!;
    }
    const norm = Math.sqrt(vector.reduce((sum, v) => sum + v * v, 0));
    if (norm > 0.1) basis.push(vector.map((v) => v / norm));
  }
  return [basis[1]!, basis.at(-1)!];
}

const ours: Sampler = (vmf, n, rng) => vmf.sample(n, rng);
const wrongKappa: Sampler = (vmf, n, rng) =>
  new VonMisesFisher({ mean: vmf.mean, kappa: 0.8 * vmf.kappa + 1 }).sample(n, rng);

function redirect(x: Matrix, vmf: VonMisesFisher, change: (row: Float64Array, t: number) => void) {
  const t = cosines(x, vmf.mean);
  for (let i = 0; i < x.rows; i++) change(x.data.subarray(i * x.cols, (i + 1) * x.cols), t[i]!);
  return x;
}

/** Every draw at the mean cosine: a shell, not a distribution. */
const shell: Sampler = (vmf, n, rng) =>
  redirect(ours(vmf, n, rng), vmf, (row, t) => {
    const length = vmf.meanResultantLength;
    const scale = Math.sqrt((1 - length ** 2) / (1 - t ** 2));
    row.forEach((v, j) => {
      row[j] = length * vmf.mean[j]! + scale * (v - t * vmf.mean[j]!);
    });
  });

/** The tangent direction folded to one side of a plane through the mean. */
const oneSided: Sampler = (vmf, n, rng) => {
  const [u] = tangentPair(vmf.mean);
  return redirect(ours(vmf, n, rng), vmf, (row) => {
    const dot = row.reduce((sum, v, j) => sum + v * u[j]!, 0);
    if (dot < 0)
      row.forEach((v, j) => {
        row[j] = v - 2 * dot * u[j]!;
      });
  });
};

/** Wood's proposal with every trial accepted. */
const proposal: Sampler = (vmf, n, rng) => {
  const half = (vmf.dimension - 1) / 2;
  const b = half / (vmf.kappa + Math.hypot(vmf.kappa, half));
  return redirect(ours(vmf, n, rng), vmf, (row, t) => {
    const z = rng.beta(half, half);
    const cosine = (1 - (1 + b) * z) / (1 - (1 - b) * z);
    const scale = Math.sqrt((1 - cosine ** 2) / (1 - t ** 2));
    row.forEach((v, j) => {
      row[j] = cosine * vmf.mean[j]! + scale * (v - t * vmf.mean[j]!);
    });
  });
};

/** Mean plus isotropic noise, put back on the sphere. */
const projectedNormal: Sampler = (vmf, n, rng) => {
  const p = vmf.dimension;
  const sd = Math.sqrt(1 / (vmf.kappa + 0.5));
  const data = rng.fillNormal(new Float64Array(n * p));
  for (let i = 0; i < n; i++) {
    const row = data.subarray(i * p, (i + 1) * p);
    row.forEach((v, j) => {
      row[j] = vmf.mean[j]! + sd * v;
    });
    const norm = Math.sqrt(row.reduce((sum, v) => sum + v * v, 0));
    row.forEach((v, j) => {
      row[j] = v / norm;
    });
  }
  return { data, rows: n, cols: p };
};

const cases = [
  { p: 2, kappa: 0.7, n: 15_000 },
  { p: 2, kappa: 30, n: 15_000 },
  { p: 3, kappa: 2, n: 15_000 },
  { p: 10, kappa: 0, n: 10_000 },
  { p: 10, kappa: 8, n: 10_000 },
  { p: 2048, kappa: 300, n: 400 },
];
const wrongs = { wrongKappa, shell, oneSided, proposal, projectedNormal };
const checks: Record<
  string,
  { check: Check; wrong: (p: number, kappa: number) => keyof typeof wrongs }
> = {
  "mean resultant length": { check: resultantLength, wrong: () => "wrongKappa" },
  "cosine variance": { check: cosineVariance, wrong: () => "shell" },
  // without concentration the proposal is the target, and in many dimensions nearly so
  "cosine distribution": {
    check: cosineDistribution,
    wrong: (p, kappa) => (kappa > 0 && p < 100 ? "proposal" : "projectedNormal"),
  },
  "tangent direction": { check: tangentUniform, wrong: () => "oneSided" },
};

const direction = (p: number, seed: number) =>
  new VonMisesFisher({ mean: new Float64Array(p).with(0, 1), kappa: 0 }).sample(
    1,
    new Rng(seed, "mean"),
  ).data;

for (const { p, kappa, n } of cases) {
  for (const [title, { check, wrong }] of Object.entries(checks)) {
    const name = wrong(p, kappa);
    test(`p = ${p}, kappa = ${kappa}: ${title}, which "${name}" gets wrong`, () => {
      for (const seed of [1, 20, 300]) {
        const vmf = new VonMisesFisher({ mean: direction(p, seed), kappa });
        const right = check(ours(vmf, n, new Rng(seed)), vmf);
        assert.ok(right < 4.5, `seed ${seed}: ${right}`);
        const off = check(wrongs[name](vmf, n, new Rng(seed)), vmf);
        assert.ok(off > 4.5, `seed ${seed}: "${name}" passes with ${off}`);
      }
    });
  }
}

test("draws have norm 1, up to kappa 1e15 and p 32768", () => {
  for (const [p, kappa] of [
    [2, 1e15],
    [3, 1e6],
    [32768, 1e6],
    [32768, 0],
  ] as const) {
    const vmf = new VonMisesFisher({ mean: direction(p, 7), kappa });
    const x = vmf.sample(4, new Rng(9));
    for (const t of cosines(x, vmf.mean)) assert.ok(t <= 1 + 1e-14);
    for (let i = 0; i < 4; i++) {
      const square = x.data.subarray(i * p, (i + 1) * p).reduce((sum, v) => sum + v * v, 0);
      assert.ok(Math.abs(square - 1) < 1e-13);
    }
  }
});

test("the cosine concentrates at kappa 1e6 and p 32768 as its moments say", () => {
  const vmf = new VonMisesFisher({ mean: direction(32768, 3), kappa: 1e6 });
  const x = vmf.sample(40, new Rng(2));
  assert.ok(resultantLength(x, vmf) < 4.5);
  assert.ok(resultantLength(wrongKappa(vmf, 40, new Rng(2)), vmf) > 4.5);
});
