import assert from "node:assert/strict";
import { test } from "node:test";
import { eigSymmetric, matrix, Rng } from "@daily-kernel/compute";
import { SupportVectorClassifier } from "@daily-kernel/kernels";
import { adHocData } from "../data/ad-hoc-data.ts";
import { ZZFeatureMap } from "../feature-maps/zz-feature-map.ts";
import { depolarizing } from "../noise/channels.ts";
import { fidelity } from "../simulator/state-vector.ts";
import { estimateGram } from "./estimate-gram.ts";
import { kernelAlignment, projectPsd, shiftPsd } from "./psd.ts";
import { QuantumKernel } from "./quantum-kernel.ts";

const points = (rows: number, cols: number, rng: Rng) =>
  matrix(
    rows,
    cols,
    rng.fillUniform(new Float64Array(rows * cols)).map((u) => 2 * Math.PI * u),
  );

test("a Gram matrix holds fidelities: symmetric, positive, of rank 4^qubits at most, 1 across", () => {
  const rng = new Rng(3);
  const map = new ZZFeatureMap({ qubits: 2 });
  const kernel = new QuantumKernel(map);
  const x = points(40, 2, rng);
  const z = points(7, 2, rng);
  const gram = kernel.gram(x, x);
  const across = kernel.gram(x, z);
  for (let i = 0; i < 40; i++) {
    assert.equal(gram.data[41 * i], 1);
    for (let j = 0; j < i; j++) assert.equal(gram.data[40 * i + j], gram.data[40 * j + i]);
    const [a, b] = [x, z].map(({ data }, k) => map.state(data.slice(2 * (k ? 3 : i)).slice(0, 2)));
    assert.ok(Math.abs(across.data[7 * i + 3]! - fidelity(a!, b!)) < 1e-14);
  }
  const { values } = eigSymmetric(gram);
  assert.equal(values.filter((value) => value > 1e-10).length, 16);
  assert.ok(values[0]! > -1e-13);
  const pairs = kernel.pairs(z, points(7, 2, new Rng(9)));
  assert.equal(pairs.length, 7);
  const same = kernel.pairs(z, z);
  for (const value of same) assert.ok(Math.abs(value - 1) < 1e-14);
  assert.throws(() => kernel.gram(x, points(3, 3, rng)), { code: "ERR_SHAPE" });
  assert.throws(() => kernel.pairs(x, z), { code: "ERR_SHAPE" });
});

test("it is a kernel of the kernels package: a machine separates what the map separates", () => {
  const map = new ZZFeatureMap({ qubits: 2 });
  const kernel = new QuantumKernel(map);
  const { train, test: fresh } = adHocData({ map, train: 20, test: 50, seed: 4 });
  const machine = SupportVectorClassifier.fit(kernel, train.x, train.y, { c: 10 });
  const right = machine.predict(fresh.x).filter((label, i) => label === fresh.y[i]).length;
  assert.ok(right >= 97, `${right} of 100`);
});

test("the bandwidth is a hyper-parameter whose gradient is that of differences", () => {
  const rng = new Rng(12);
  const [x, z] = [points(5, 3, rng), points(4, 3, rng)];
  const kernel = new QuantumKernel(new ZZFeatureMap({ qubits: 3, bandwidth: 0.4, repetitions: 3 }));
  assert.deepEqual(kernel.parameterNames, ["bandwidth"]);
  assert.deepEqual([...kernel.parameters], [0.4]);
  const [gradient] = kernel.gramGradients(x, z);
  const h = 1e-6;
  const at = (log: number) => kernel.withParameters([0.4 * Math.exp(log)]).gram(x, z).data;
  const [up, down] = [at(h), at(-h)];
  for (let k = 0; k < 20; k++) {
    const difference = (up[k]! - down[k]!) / (2 * h);
    assert.ok(Math.abs(gradient!.data[k]! - difference) < 1e-6);
  }
  const dataMap = { single: (u: number) => u, pair: () => 0 };
  const fixed = new QuantumKernel(new ZZFeatureMap({ qubits: 3, dataMap }));
  assert.deepEqual(fixed.gramGradients(x, z), []);
  assert.equal(fixed.withParameters([]), fixed);
  assert.throws(() => kernel.withParameters([-1]), { code: "ERR_DOMAIN" });
  assert.throws(() => fixed.withParameters([1]), { code: "ERR_SHAPE" });
});

test("shots scatter binomially around the exact entry", () => {
  const kernel = new QuantumKernel(new ZZFeatureMap({ qubits: 2 }));
  const x = points(2, 2, new Rng(21));
  const k = kernel.gram(x, x).data[1]!;
  const rng = new Rng(5);
  const [shots, runs] = [100, 4000];
  let [sum, squares] = [0, 0];
  for (let r = 0; r < runs; r++) {
    const { data } = estimateGram(kernel, x, undefined, { shots, seed: rng });
    assert.equal(data[0], 1);
    assert.equal(data[1], data[2]);
    assert.ok(Math.abs(data[1]! * shots - Math.round(data[1]! * shots)) < 1e-9);
    sum += data[1]! - k;
    squares += (data[1]! - k) ** 2;
  }
  const variance = (k * (1 - k)) / shots;
  assert.ok(Math.abs(sum / runs) < 4 * Math.sqrt(variance / runs));
  assert.ok(Math.abs(squares / runs / variance - 1) < 4 * Math.sqrt(2 / runs));
});

test("noise draws entries to 1 / 2^qubits; readout errors are undone on average", () => {
  const kernel = new QuantumKernel(new ZZFeatureMap({ qubits: 2 }));
  const x = points(4, 2, new Rng(8));
  const exact = kernel.gram(x, x).data;
  const seed = new Rng(2);
  const expected = (noise: object, mitigate = false) =>
    estimateGram(kernel, x, undefined, { shots: Infinity, seed, noise, mitigate }).data;
  for (const [k, value] of expected({}).entries()) assert.ok(Math.abs(value - exact[k]!) < 1e-13);
  const lost = expected({ oneQubit: depolarizing(1), twoQubit: depolarizing(1, 2) });
  for (const k of [1, 2, 3, 6, 7, 11]) assert.ok(Math.abs(lost[k]! - 0.25) < 1e-13);
  const readout = { oneForZero: 0.05, zeroForOne: 0.12 };
  const read = expected({ readout });
  assert.ok(Math.abs(read[1]! - exact[1]!) > 1e-3);
  const undone = expected({ readout }, true);
  for (const [k, value] of undone.entries()) assert.ok(Math.abs(value - exact[k]!) < 1e-13);
  const options = { shots: 20_000, seed, noise: { readout }, mitigate: true };
  const estimated = estimateGram(kernel, x, x, options).data;
  for (const [k, value] of estimated.entries()) assert.ok(Math.abs(value - exact[k]!) < 0.03);
});

test("the projection is positive and the nearest one; the shift keeps what is off the diagonal", () => {
  const rng = new Rng(6);
  const kernel = new QuantumKernel(new ZZFeatureMap({ qubits: 2 }));
  const noisy = estimateGram(kernel, points(20, 2, rng), undefined, { shots: 30, seed: rng });
  const { values } = eigSymmetric(noisy);
  const { matrix: repaired, smallest, negative } = projectPsd(noisy);
  assert.equal(smallest, values[0]);
  assert.ok(negative > 0);
  assert.ok(eigSymmetric(repaired).values[0]! > -1e-13);
  // Frobenius distance: what was clipped, no more
  const clipped = values.reduce((sum, value) => sum + Math.min(0, value) ** 2, 0);
  const moved = repaired.data.reduce((sum, value, k) => sum + (value - noisy.data[k]!) ** 2, 0);
  assert.ok(Math.abs(moved - clipped) < 1e-12);
  const shifted = shiftPsd(noisy).matrix;
  assert.equal(shifted.data[1], noisy.data[1]);
  assert.ok(Math.abs(eigSymmetric(shifted).values[0]!) < 1e-13);
  const good = kernel.gram(points(4, 2, rng), points(4, 2, rng));
  assert.throws(() => projectPsd(good), { code: "ERR_DOMAIN" });
});

test("alignment: 1 for y y^T, 0 for what is orthogonal to it", () => {
  const y = [1, -1, 1, -1];
  const ideal = matrix(
    4,
    4,
    y.flatMap((a) => y.map((b) => a * b)),
  );
  assert.ok(Math.abs(kernelAlignment(ideal, y) - 1) < 1e-15);
  assert.equal(kernelAlignment(matrix(4, 4, new Float64Array(16).fill(1)), y), 0);
});
