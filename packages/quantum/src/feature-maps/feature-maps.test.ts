import assert from "node:assert/strict";
import { test } from "node:test";
import { matmul, matrix, Rng } from "@daily-kernel/compute";
import { type ComplexMatrix, kronecker, multiply } from "../circuits/complex-matrix.ts";
import { GATES } from "../circuits/gates.ts";
import { QuantumKernel } from "../kernels/quantum-kernel.ts";
import { simulate } from "../simulator/simulate.ts";
import { fidelity, type StateVector } from "../simulator/state-vector.ts";
import { DensityFeatures } from "./density-features.ts";
import { PauliFeatureMap } from "./pauli-feature-map.ts";
import { ZZFeatureMap } from "./zz-feature-map.ts";

const distance = (a: StateVector, b: StateVector) =>
  Math.max(
    ...a.re.map((value, i) => Math.abs(value - b.re[i]!)),
    ...a.im.map((value, i) => Math.abs(value - b.im[i]!)),
  );
const point = (rng: Rng, n: number) =>
  rng.fillUniform(new Float64Array(n)).map((u) => 2 * Math.PI * u);

/** The map by dense algebra: Kronecker products of Hadamard matrices and of exponentials of Z. */
function dense(x: Float64Array): StateVector {
  const n = x.length;
  const eye = Float64Array.of(1, 0, 0, 0, 0, 0, 1, 0);
  const all = (of: (q: number) => ComplexMatrix) =>
    x.reduce<ComplexMatrix>((product, _, q) => kronecker(product, of(q)), Float64Array.of(1, 0));
  const word = (on: number[]) => all((q) => (on.includes(q) ? GATES.z.matrix() : eye));
  /** cos(phi) 1 + i sin(phi) Z_S */
  const exponential = (on: number[], phi: number): ComplexMatrix => {
    const [one, z] = [word([]), word(on)];
    return one.map((value, k) =>
      k % 2 === 0
        ? Math.cos(phi) * value - Math.sin(phi) * z[k + 1]!
        : Math.cos(phi) * value + Math.sin(phi) * z[k - 1]!,
    );
  };
  let u = word([]);
  for (let i = 0; i < n; i++) {
    u = multiply(exponential([i], x[i]!), u);
    for (let j = 0; j < i; j++) {
      u = multiply(exponential([j, i], (Math.PI - x[i]!) * (Math.PI - x[j]!)), u);
    }
  }
  const layer = multiply(
    u,
    all(() => GATES.h.matrix()),
  );
  const both = multiply(layer, layer);
  const column = (part: number) =>
    Float64Array.from({ length: 2 ** n }, (_, i) => both[2 * i * 2 ** n + part]!);
  return { qubits: n, re: column(0), im: column(1) };
}

test("phases and transforms are the dense algebra of Kronecker products", () => {
  const rng = new Rng(4);
  for (const n of [1, 2, 3, 4, 5]) {
    for (let repeat = 0; repeat < 5; repeat++) {
      const x = point(rng, n);
      assert.ok(distance(new ZZFeatureMap({ qubits: n }).state(x), dense(x)) < 1e-13, `${n}`);
    }
  }
});

test("Qiskit's state is the complex conjugate, with its qubits in the other order", () => {
  // Python: from qiskit.circuit.library import zz_feature_map
  // Statevector(zz_feature_map(2, reps=2).assign_parameters([0.7, 4.1])).data
  const state = new ZZFeatureMap({ qubits: 2 }).state([0.7, 4.1]);
  const theirs: readonly (readonly [number, number])[] = [
    [-0.47609942815328743, -0.10141175146792474],
    [-0.38392737748710504, -0.3360053008890594],
    [-0.4950654126064596, 0.1530785262281991],
    [-0.47386429539011066, -0.09836172715888374],
  ];
  // only up to a common phase: Qiskit's phase gates differ from rotations by one
  const overlap = theirs.reduce(
    ([re, im], [a, b], i) => [
      re! + a! * state.re[i]! - b! * state.im[i]!,
      im! + a! * state.im[i]! + b! * state.re[i]!,
    ],
    [0, 0],
  );
  assert.ok(Math.abs(Math.hypot(overlap[0]!, overlap[1]!) - 1) < 1e-12);
});

test("the map is its circuit, for every entanglement, repetition and bandwidth", () => {
  const rng = new Rng(6);
  for (const entanglement of ["full", "linear", [[2, 0] as const]] as const) {
    for (const repetitions of [1, 2, 3]) {
      const map = new ZZFeatureMap({ qubits: 3, repetitions, entanglement, bandwidth: 0.6 });
      const x = point(rng, 3);
      assert.ok(distance(map.state(x), simulate(map.circuit(x))) < 1e-13);
    }
  }
});

test("angles too large for WebAssembly's reduction are as exact", () => {
  const map = new ZZFeatureMap({ qubits: 2 });
  const x = [2000.5, -3000.25];
  assert.ok(distance(map.state(x), simulate(map.circuit(x))) < 1e-9);
  const near = [90, -70];
  assert.ok(distance(map.state(near), simulate(map.circuit(near))) < 1e-12);
});

test("words Z and ZZ make the same map; others the exponentials of their matrices", () => {
  const rng = new Rng(7);
  const x = point(rng, 3);
  const pauli = new PauliFeatureMap({ qubits: 3 });
  assert.ok(distance(pauli.state(x), new ZZFeatureMap({ qubits: 3 }).state(x)) < 1e-13);
  // H commutes with nothing here, but X after H on |0> is a phase alone
  const one = new PauliFeatureMap({ qubits: 1, paulis: ["X"], repetitions: 1 }).state([0.4]);
  assert.ok(Math.abs(one.re[0]! - Math.cos(0.4) / Math.SQRT2) < 1e-15);
  assert.ok(Math.abs(one.im[1]! - Math.sin(0.4) / Math.SQRT2) < 1e-15);
  // exp(i phi Y) |+> = cos |+> + i sin Y |+>, Y |+> = -i |0>/r + i |1>/r
  const y = new PauliFeatureMap({ qubits: 1, paulis: ["Y"], repetitions: 1 }).state([0.4]);
  assert.ok(Math.abs(y.re[0]! - (Math.cos(0.4) + Math.sin(0.4)) / Math.SQRT2) < 1e-15);
  assert.ok(Math.abs(y.re[1]! - (Math.cos(0.4) - Math.sin(0.4)) / Math.SQRT2) < 1e-15);
});

test("inner products of density features are the fidelity kernel", () => {
  const rng = new Rng(9);
  const map = new ZZFeatureMap({ qubits: 3 });
  const x = matrix(6, 3, point(rng, 18));
  const features = new DensityFeatures(map);
  const rows = features.map(x);
  assert.equal(rows.cols, 64);
  const gram = new QuantumKernel(map).gram(x, x).data;
  const inner = matmul(rows, rows, { transposeB: true }).data;
  for (let k = 0; k < 36; k++) assert.ok(Math.abs(inner[k]! - gram[k]!) < 1e-14);
});

test("twenty qubits: two product states of a map without pairs overlap as their factors do", () => {
  const map = new ZZFeatureMap({ qubits: 20, entanglement: [], repetitions: 2 });
  const one = new ZZFeatureMap({ qubits: 1 });
  const rng = new Rng(2);
  const [x, z] = [point(rng, 20), point(rng, 20).map((v, i) => v * 0.01 + i)];
  const product = x.reduce(
    (all, _, q) => all * fidelity(one.state([x[q]!]), one.state([z[q]!])),
    1,
  );
  const whole = fidelity(map.state(x), map.state(z));
  assert.ok(Math.abs(whole - product) < 1e-12 * Math.max(product, 1e-3), `${whole} ${product}`);
});

test("bad input is refused at the door", () => {
  const code = (expected: string, message: RegExp) => (error: Error & { code?: string }) =>
    error.code === expected && message.test(error.message);
  assert.throws(() => new ZZFeatureMap({ qubits: 25 }), code("ERR_DOMAIN", /5.4e\+8 bytes/));
  assert.throws(
    () => new ZZFeatureMap({ qubits: 24 }).states(matrix(100, 24)),
    code("ERR_UNSUPPORTED", /100 points of 24 qubits need 2.7e\+10 bytes/),
  );
  const map = new ZZFeatureMap({ qubits: 2 });
  assert.throws(() => map.state([1]), code("ERR_SHAPE", /must hold 2 numbers, got 1/));
  assert.throws(() => map.state([1, Number.NaN]), code("ERR_DOMAIN", /got NaN at index 1/));
  assert.throws(() => map.states(matrix(2, 3)), code("ERR_SHAPE", /2 columns, got 2x3/));
  assert.throws(
    () => new ZZFeatureMap({ qubits: 2, entanglement: [[0, 2]] }),
    code("ERR_DOMAIN", /two of 2 qubits/),
  );
  assert.throws(
    () => new PauliFeatureMap({ qubits: 2, paulis: ["XYZ"] }),
    code("ERR_DOMAIN", /one or two letters/),
  );
  const infinite = { single: () => Number.POSITIVE_INFINITY, pair: () => 0 };
  const broken = new ZZFeatureMap({ qubits: 1, dataMap: infinite });
  assert.throws(() => broken.state([1]), code("ERR_NUMERIC", /must be finite, got Infinity/));
});
