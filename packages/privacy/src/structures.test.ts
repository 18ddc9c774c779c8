import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { matrix, Rng } from "@daily-kernel/compute";
import fc from "fast-check";
import {
  noNoise,
  PrivateClassifier,
  PrivateKernelSum,
  PrivateL1,
  PrivateL2,
  PrivateLp,
  PrivateSquaredL2,
  readRelease,
  type SimilarityKernel,
} from "./index.ts";
import { shellRadii, sumShells } from "./trees/shells.ts";

const n = 500;
const d = 3;
const x = matrix(n, d, new Rng(4).fillUniform(new Float64Array(n * d)));
const queries = [
  [0.2, 0.5, 0.9],
  [0, 1, 0.5],
  [1, 1, 1],
];
const bare = { epsilon: 1, adjacency: "add-remove", noise: noNoise } as const;
const unit = { dimension: d, range: [0, 1] } as const;

function exact(y: readonly number[], of: (differences: number[]) => number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += of(y.map((value, j) => x.data[i * d + j]! - value));
  return sum;
}
const power = (p: number) => (t: number[]) => t.reduce((sum, v) => sum + Math.abs(v) ** p, 0);

/** `sumShells` leaf by leaf. */
function shellsByLeaf(tree: Float64Array, radii: Float64Array, place: number): number {
  const leaves = tree.length / 2;
  let value = 0;
  for (let leaf = 0; leaf < leaves; leaf++) {
    const distance = Math.abs(leaf + 0.5 - place);
    const shell = radii.findLastIndex((r) => r >= distance);
    value += radii[shell]! * tree[leaves + leaf]!;
  }
  return value;
}

test("shells by dyadic nodes are shells by leaves", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 7 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0.05, max: 1, noNaN: true }),
      (levels, at, alpha) => {
        const leaves = 2 ** levels;
        const tree = new Float64Array(2 * leaves);
        for (let k = 0; k < leaves; k++) tree[leaves + k] = (k * 7) % 5;
        for (let k = leaves - 1; k >= 2; k--) tree[k] = tree[2 * k]! + tree[2 * k + 1]!;
        const radii = shellRadii(levels, alpha);
        const out = new Float64Array(2);
        sumShells(tree, radii, radii, at * leaves, out);
        const expected = shellsByLeaf(tree, radii, at * leaves);
        assert.ok(Math.abs(out[0]! - expected) < 1e-9 * (1 + expected));
      },
    ),
  );
});

test("without noise, shells are within 1 + alpha, offsets and powers as they say", async () => {
  const leaf = (n * d) / 2 ** 14;
  for (const y of queries) {
    const truth = exact(y, power(1));
    for (const alpha of [0.05, 0.5]) {
      const structure = new PrivateL1({ ...bare, ...unit, alpha, levels: 14 });
      const { value, multiplicative } = (await structure.fit(x)).query(y);
      assert.equal(multiplicative, 1 + alpha);
      assert.ok(value > truth - leaf && value < (truth + leaf) * multiplicative);
      assert.ok(value > truth * (1 + alpha / 4), "the outer radius is used");
    }
    const offsets = new PrivateL1({ ...bare, ...unit, levels: 14, estimator: "offsets" });
    assert.ok(Math.abs((await offsets.fit(x)).query(y).value - truth) < leaf);
    for (const p of [0.5, 2, 3]) {
      const structure = new PrivateLp({ ...bare, ...unit, levels: 16, p, alpha: 0.01 });
      const { value, multiplicative } = (await structure.fit(x)).query(y);
      const sum = exact(y, power(p));
      assert.ok(
        value > sum * 0.98 && value < sum * multiplicative * 1.02,
        `${p}: ${value}, ${sum}`,
      );
    }
  }
});

test("squared distances are exact but for the grid, l2 distances but for the projections", async () => {
  const squared = await new PrivateSquaredL2({ ...bare, dimension: d, radius: 2 }).fit(x);
  const l2 = new PrivateL2({ ...bare, ...unit, projections: 400, levels: 14 });
  const release = await l2.fit(x);
  for (const y of queries) {
    assert.ok(Math.abs(squared.query(y).value - exact(y, power(2))) < 1e-2);
    const truth = exact(y, (t) => Math.hypot(...t));
    const { value, relativeStd } = release.query(y);
    assert.ok(Math.abs(value / truth - 1) < 4 * relativeStd, `${value}, ${truth}`);
  }
});

const kernels: Record<SimilarityKernel, (t: number[]) => number> = {
  gaussian: (t) => Math.exp(-power(2)(t) / 0.49),
  exponential: (t) => Math.exp(-Math.hypot(...t) / 0.7),
  laplacian: (t) => Math.exp(-power(1)(t) / 0.7),
  cauchy: (t) => 1 / (1 + power(2)(t) / 0.49),
  student: (t) => 1 / (1 + Math.hypot(...t) / 0.7),
  "student-l1": (t) => 1 / (1 + power(1)(t) / 0.7),
};
for (const [kernel, of] of Object.entries(kernels)) {
  test(`${kernel}: mean over seeds of both kinds of features is the kernel sum`, async () => {
    for (const kind of ["pair", "phase"] as const) {
      const y = queries[0]!;
      const values: number[] = [];
      for (let seed = 0; seed < 40; seed++) {
        const shape = { dimension: d, kernel: kernel as SimilarityKernel, sigma: 0.7, kind, seed };
        const structure = new PrivateKernelSum({ ...bare, ...shape, features: 128 });
        values.push((await structure.fit(x)).query(y).value);
      }
      const mean = values.reduce((sum, v) => sum + v) / values.length;
      const square = values.reduce((sum, v) => sum + (v - mean) ** 2, 0);
      const error = Math.sqrt(square / 39 / 40);
      assert.ok(Math.abs(mean - exact(y, of)) < 4 * error, `${kind}: ${mean}, ${exact(y, of)}`);
      assert.ok(error < 0.03 * n);
    }
  });
}

test("projected features keep mean Gaussian similarities in high dimension", async () => {
  const rng = new Rng(8);
  const high = matrix(300, 400, rng.fillNormal(new Float64Array(300 * 400)));
  const y = rng.fillNormal(new Float64Array(400));
  let truth = 0;
  for (let i = 0; i < 300; i++) {
    let square = 0;
    for (let j = 0; j < 400; j++) square += (high.data[i * 400 + j]! - y[j]!) ** 2;
    truth += Math.exp(-square / 800);
  }
  const shape = { dimension: 400, kernel: "gaussian", sigma: Math.sqrt(800) } as const;
  const options = { ...bare, ...shape, features: 2048, projectTo: 100 };
  const { value } = (await new PrivateKernelSum(options).fit(high)).query(y);
  assert.ok(Math.abs(value - truth) < 0.1 * 300, `${value}, ${truth}`);
});

test("errors of noisy answers have the stated standard deviation, for every structure", async () => {
  const y = queries[0]!;
  const common = { epsilon: 2, adjacency: "substitute" } as const;
  const feature = { dimension: d, kernel: "gaussian", sigma: 1, features: 16 } as const;
  const make = {
    shells: (o: object) => new PrivateL1({ ...common, ...unit, levels: 5, ...o }),
    offsets: (o: object) =>
      new PrivateL1({ ...common, ...unit, levels: 5, estimator: "offsets", ...o }),
    lp: (o: object) => new PrivateLp({ ...common, ...unit, levels: 5, p: 2, ...o }),
    l2: (o: object) => new PrivateL2({ ...common, ...unit, levels: 5, projections: 2, ...o }),
    squared: (o: object) => new PrivateSquaredL2({ ...common, dimension: d, radius: 2, ...o }),
    pairs: (o: object) => new PrivateKernelSum({ ...common, ...feature, ...o }),
    phases: (o: object) => new PrivateKernelSum({ ...common, ...feature, kind: "phase", ...o }),
  };
  for (const [name, structure] of Object.entries(make)) {
    const truth = (await structure({ noise: noNoise }).fit(x)).query(y).value;
    const noisy = structure({ unsafeRng: new Rng(31, name) });
    const runs = 300;
    let [sum, squares, std] = [0, 0, 0];
    for (let k = 0; k < runs; k++) {
      const { value, noiseStd } = (await noisy.fit(x)).query(y);
      sum += (value - truth) / noiseStd;
      squares += ((value - truth) / noiseStd) ** 2;
      std = noiseStd;
    }
    assert.ok(std > 0 && Math.abs(sum / runs) < 4 / Math.sqrt(runs), `${name}: bias ${sum / runs}`);
    // The fourth moment of sums of Laplace variables is at most 6.
    const ratio = squares / runs;
    assert.ok(Math.abs(ratio - 1) < 4 * Math.sqrt(5 / runs), `${name}: ${ratio}`);
  }
});

test("classes that are apart are told apart, sizes public or private", async () => {
  const rng = new Rng(2);
  const points = matrix(900, 2);
  const labels = Array.from({ length: 900 }, (_, i) => i % 3);
  for (const [i, label] of labels.entries()) {
    for (const j of [0, 1]) points.data[2 * i + j] = 3 * (label === j ? 1 : 0) + 0.5 * rng.normal();
  }
  for (const classSizes of ["public", "private"] as const) {
    const release = await new PrivateClassifier({
      dimension: 2,
      kernel: "gaussian",
      sigma: 1,
      features: 128,
      classes: 3,
      classSizes,
      epsilon: 4,
      adjacency: "add-remove",
      unsafeRng: rng.spawn(classSizes),
    }).fit(points, labels);
    const predicted = release.predict(points);
    const right = labels.filter((label, i) => predicted[i] === label).length;
    assert.ok(right > 800, `${classSizes}: ${right}`);
  }
});

test("a release comes back from JSON with the same answers, and holds no record", async () => {
  const y = queries[0]!;
  const seeded = () => ({ epsilon: 1, adjacency: "add-remove", unsafeRng: new Rng(1) }) as const;
  const kernel = { dimension: d, kernel: "cauchy", sigma: 1, features: 8, projectTo: 2 } as const;
  const releases = [
    await new PrivateL1({ ...seeded(), ...unit, levels: 4 }).fit(x),
    await new PrivateL1({ ...seeded(), ...unit, levels: 4, estimator: "offsets" }).fit(x),
    await new PrivateLp({ ...seeded(), ...unit, levels: 4, p: 2 }).fit(x),
    await new PrivateL2({ ...seeded(), ...unit, levels: 4, projections: 3, seed: 9n }).fit(x),
    await new PrivateSquaredL2({ ...seeded(), dimension: d, radius: 2 }).fit(x),
    await new PrivateKernelSum({ ...seeded(), ...kernel }).fit(x),
  ];
  for (const release of releases) {
    const text = JSON.stringify(release);
    const back = readRelease(JSON.parse(text));
    assert.ok("query" in back);
    assert.deepEqual(back.query(y), release.query(y));
    assert.deepEqual(back.privacy, release.privacy);
    for (const value of x.data.subarray(0, 30)) assert.ok(!text.includes(String(value)));
  }
  const labels = Array.from({ length: n }, (_, i) => i % 2);
  const shape = { ...kernel, classes: 2, classSizes: "private" } as const;
  const classifier = await new PrivateClassifier({ ...seeded(), ...shape }).fit(x, labels);
  const back = readRelease(JSON.parse(JSON.stringify(classifier)));
  assert.ok("predict" in back);
  assert.deepEqual(back.scores(x), classifier.scores(x));
  for (const bad of [
    {},
    { version: 1 },
    { version: 1, kind: "distance", levels: 3, lower: [0] },
    3,
  ]) {
    assert.throws(() => readRelease(bad), { code: "ERR_TYPE" });
  }
});

test("noise is drawn anew for each release unless it is seeded", async () => {
  const structure = new PrivateL1({ ...unit, epsilon: 1, adjacency: "add-remove", levels: 4 });
  const [a, b] = [await structure.fit(x), await structure.fit(x)];
  assert.notDeepEqual(a.toJSON().counts, b.toJSON().counts);
  assert.deepEqual(a.query([0, 0, 0]), a.query([0, 0, 0]), "a release answers alike for ever");
});

test("bad input is refused at the door", async () => {
  const good = { ...unit, epsilon: 1, adjacency: "add-remove" } as const;
  const refuse = (change: object, code: string) =>
    assert.throws(() => new PrivateL1({ ...good, ...change }), { code });
  for (const epsilon of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
    refuse({ epsilon }, "ERR_DOMAIN");
  for (const alpha of [0, 1.01, Number.NaN]) refuse({ alpha }, "ERR_DOMAIN");
  refuse({ adjacency: undefined }, "ERR_TYPE");
  refuse({ range: undefined }, "ERR_TYPE");
  refuse({ range: [1, 0] }, "ERR_DOMAIN");
  refuse({ range: [[0, 1]] }, "ERR_SHAPE");
  refuse({ levels: 1 }, "ERR_DOMAIN");
  refuse({ dimension: 0 }, "ERR_DOMAIN");
  refuse({ unsafeRng: 5 }, "ERR_TYPE");
  refuse({ estimator: "prefix" }, "ERR_TYPE");
  const outside = matrix(1, d, [0.5, 2, 0.5]);
  const structure = new PrivateL1({ ...good, levels: 3 });
  await assert.rejects(structure.fit(outside), {
    code: "ERR_DOMAIN",
    message: /coordinate 1, got 2/,
  });
  await assert.rejects(structure.fit(matrix(1, 2)), { code: "ERR_SHAPE" });
  const clamped = new PrivateL1({ ...good, ...bare, levels: 3, outside: "clamp" });
  const edge = matrix(1, d, [0.5, 1, 0.5]);
  assert.deepEqual((await clamped.fit(outside)).toJSON(), (await clamped.fit(edge)).toJSON());
  await assert.rejects(clamped.fit(matrix(1, d, [0, Number.NaN, 0])), { code: "ERR_DOMAIN" });
  const release = await structure.fit(x);
  assert.throws(() => release.query([0, 0]), { code: "ERR_SHAPE" });
  assert.throws(() => release.query([0, 0, -1]), { code: "ERR_DOMAIN" });
  assert.throws(() => release.query([0, 0, Number.NaN]), { code: "ERR_DOMAIN" });
  const feature = { epsilon: 1, adjacency: "add-remove", dimension: 2, sigma: 1 } as const;
  const kernel = (change: object) => () =>
    new PrivateKernelSum({ ...feature, kernel: "gaussian", ...change });
  assert.throws(kernel({ sigma: 0 }), { code: "ERR_DOMAIN" });
  assert.throws(kernel({ kernel: "rbf" }), { code: "ERR_TYPE" });
  assert.throws(kernel({ features: 3 }), { code: "ERR_DOMAIN" });
  assert.throws(kernel({ kernel: "laplacian", projectTo: 2 }), { code: "ERR_DOMAIN" });
  const classifier = new PrivateClassifier({
    ...feature,
    kernel: "gaussian",
    classes: 2,
    classSizes: "public",
  });
  const two = matrix(2, 2);
  await assert.rejects(classifier.fit(two, [0, 0]), {
    code: "ERR_DOMAIN",
    message: /none of class 1/,
  });
  await assert.rejects(classifier.fit(two, [0, 2]), { code: "ERR_DOMAIN" });
  await assert.rejects(classifier.fit(two, [0]), { code: "ERR_SHAPE" });
  const aborted = { signal: AbortSignal.abort(new Error("enough")) };
  await assert.rejects(structure.fit(x, aborted), /enough/);
});

test("the README's example runs as it stands", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const code = /```ts\n([\s\S]*?)```/.exec(readme)?.[1];
  assert.ok(code);
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  const args = ["--input-type=module-typescript", "-e", code];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  assert.match(stdout, /epsilon 1/);
});
