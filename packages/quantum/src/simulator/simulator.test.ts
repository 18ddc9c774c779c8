import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix, Rng, ThreadPool } from "@daily-kernel/compute";
import fc from "fast-check";
import { actionOf, Circuit, gate, parameter } from "../circuits/circuit.ts";
import { GATES, type GateKind, type GateName } from "../circuits/gates.ts";
import { haarUnitary } from "../data/haar-unitary.ts";
import { applyOperation } from "./apply-gate.ts";
import { expectation } from "./pauli.ts";
import { simulate, simulateBatch } from "./simulate.ts";
import {
  basisState,
  fidelity,
  innerProduct,
  probabilities,
  reverseQubits,
} from "./state-vector.ts";

const names = Object.keys(GATES) as GateName[];

/** Random gates of every kind, unitary matrices too. */
function randomCircuit(qubits: number, length: number, rng: Rng): Circuit {
  const gates = Array.from({ length }, () => {
    const fitting = names.filter((name) => GATES[name].controls + GATES[name].targets <= qubits);
    const pick = rng.integer(fitting.length + 1);
    const on = (size: number) => [...rng.permutation(qubits)].slice(0, size);
    if (pick === fitting.length) {
      const size = Math.min(qubits, 1 + rng.integer(2));
      const entries = Array.from(haarUnitary(2 ** size, rng));
      return { gate: "unitary" as const, qubits: on(size), matrix: entries };
    }
    const kind: GateKind = GATES[fitting[pick]!];
    const angles = kind.angles.map(() => 12 * rng.uniform() - 6);
    return gate(fitting[pick]!, on(kind.controls + kind.targets), ...angles);
  });
  return new Circuit(qubits, gates);
}

/** Gate by gate with the scalar reference. */
function reference(circuit: Circuit, initial = basisState(circuit.qubits)) {
  const state = { ...initial, re: initial.re.slice(), im: initial.im.slice() };
  for (const each of circuit.gates) {
    applyOperation(state.re, state.im, circuit.qubits, actionOf(each, []));
  }
  return state;
}

type Planes = { re: Float64Array; im: Float64Array };
const distance = (a: Planes, b: Planes) =>
  Math.max(
    ...a.re.map((value, i) => Math.abs(value - b.re[i]!)),
    ...a.im.map((value, i) => Math.abs(value - b.im[i]!)),
  );

test("fused, tiled gates are those of the scalar reference, 1 to 15 qubits", () => {
  const rng = new Rng(5);
  for (const qubits of [1, 2, 3, 4, 5, 6, 7, 9, 12, 13, 15]) {
    for (let repeat = 0; repeat < 4; repeat++) {
      const circuit = randomCircuit(qubits, 60, rng);
      assert.ok(distance(simulate(circuit), reference(circuit)) < 1e-13, `${qubits} qubits`);
    }
  }
});

test("every gate alone, on every choice of qubits, with every angle", () => {
  for (const name of names) {
    const kind: GateKind = GATES[name];
    const size = kind.controls + kind.targets;
    for (const on of [
      [0, 1, 2],
      [2, 0, 1],
      [6, 3, 5],
      [5, 6, 0],
    ]) {
      const angles = kind.angles.map((_, k) => 0.7 + k);
      const mixing = Array.from({ length: 7 }, (_, q) => gate("u", [q], 1 + q, 2 - q, 0.3 * q));
      const circuit = new Circuit(7, [...mixing, gate(name, on.slice(0, size), ...angles)]);
      assert.ok(distance(simulate(circuit), reference(circuit)) < 1e-14, `${name} on ${on}`);
    }
  }
});

test("a circuit and its inverse leave a random state where it was; norms stay", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(1e6), (qubits, seed) => {
      const rng = new Rng(seed);
      const initial = simulate(randomCircuit(qubits, 20, rng));
      const circuit = randomCircuit(qubits, 30, rng);
      const there = simulate(circuit, { initial });
      const norm = probabilities(there).reduce((sum, p) => sum + p, 0);
      assert.ok(Math.abs(norm - 1) < 1e-13);
      const back = simulate(circuit.inverse(), { initial: there });
      assert.ok(distance(back, initial) < 1e-13);
    }),
    { numRuns: 40 },
  );
});

test("known states: GHZ, the order of qubits, a quantum Fourier transform", () => {
  const ghz = simulate(new Circuit(3, [gate("h", [0]), gate("cx", [0, 1]), gate("cx", [1, 2])]));
  assert.deepEqual(
    [...probabilities(ghz).keys()].filter((i) => ghz.re[i] !== 0),
    [0, 7],
  );
  assert.ok(Math.abs(expectation(ghz, "XXX") - 1) < 1e-15);
  assert.ok(Math.abs(expectation(ghz, "YYX") + 1) < 1e-15);
  assert.ok(Math.abs(expectation(ghz, "ZIZ") - 1) < 1e-15);
  // qubit 0 is the most significant bit
  assert.equal(simulate(new Circuit(3, [gate("x", [0])])).re[4], 1);
  const n = 6;
  const gates = [];
  for (let q = 0; q < n; q++) {
    gates.push(gate("h", [q]));
    for (let k = q + 1; k < n; k++) gates.push(gate("cp", [k, q], Math.PI / 2 ** (k - q)));
  }
  for (let q = 0; q < n / 2; q++) gates.push(gate("swap", [q, n - 1 - q]));
  const input = 11;
  const out = simulate(new Circuit(n, gates), { initial: basisState(n, input) });
  for (let k = 0; k < 64; k++) {
    const angle = (2 * Math.PI * input * k) / 64;
    assert.ok(Math.abs(out.re[k]! - Math.cos(angle) / 8) < 1e-14);
    assert.ok(Math.abs(out.im[k]! - Math.sin(angle) / 8) < 1e-14);
  }
});

test("a batch is its states one by one", () => {
  const rng = new Rng(8);
  for (const [qubits, count] of [
    [1, 1],
    [2, 40],
    [3, 7],
    [6, 130],
    [9, 33],
  ] as const) {
    const states = Array.from({ length: count }, () => simulate(randomCircuit(qubits, 10, rng)));
    const n = 2 ** qubits;
    const rows = (plane: "re" | "im") =>
      matrix(
        count,
        n,
        states.flatMap((state) => [...state[plane]]),
      );
    const circuit = randomCircuit(qubits, 30, rng);
    const out = simulateBatch(circuit, { qubits, re: rows("re"), im: rows("im") });
    for (const [i, initial] of states.entries()) {
      const part = (data: Float64Array) => data.subarray(i * n, (i + 1) * n);
      const row = { re: part(out.re.data), im: part(out.im.data) };
      assert.ok(distance(row, reference(circuit, initial)) < 1e-13);
    }
  }
});

test("a pool gives the same bits, and a cancelled run rejects with its reason", async () => {
  await using pool = await ThreadPool.create({ threads: 2 });
  const circuit = randomCircuit(14, 80, new Rng(3));
  const [here, there] = [simulate(circuit), await simulate(circuit, { pool })];
  assert.deepEqual(there.re, here.re);
  assert.deepEqual(there.im, here.im);
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(async () => simulate(circuit, { pool, signal }), /enough/);
});

test("parameters: bound by number or by circuit, scaled, and survive JSON", () => {
  const circuit = new Circuit(2, [
    gate("ry", [0], parameter(1, -2)),
    gate("crz", [0, 1], parameter(0)),
    gate("rxx", [0, 1], 0.4),
  ]);
  assert.equal(circuit.parameters, 2);
  const bound = circuit.bind([0.3, 0.7]);
  assert.equal(bound.parameters, 0);
  const same = simulate(circuit, { parameters: [0.3, 0.7] });
  assert.deepEqual(simulate(bound), same);
  const { qubits, gates } = JSON.parse(JSON.stringify(circuit)) as Circuit;
  assert.deepEqual(simulate(new Circuit(qubits, gates), { parameters: [0.3, 0.7] }), same);
});

test("qubits in the opposite order are the circuit on mirrored qubits", () => {
  const state = simulate(new Circuit(4, [gate("h", [0]), gate("cry", [0, 2], 0.6)]));
  const mirrored = simulate(new Circuit(4, [gate("h", [3]), gate("cry", [3, 1], 0.6)]));
  assert.ok(distance(reverseQubits(state), mirrored) < 1e-15);
});

test("inner products are linear in the second state, fidelity is their square", () => {
  const a = { qubits: 1, re: Float64Array.of(0.6, 0), im: Float64Array.of(0, 0.8) };
  const b = { qubits: 1, re: Float64Array.of(0, 1), im: Float64Array.of(0, 0) };
  assert.deepEqual(innerProduct(a, b), [0, -0.8]);
  assert.ok(Math.abs(fidelity(a, b) - 0.64) < 1e-15);
});

test("bad input is refused at the door, by name", () => {
  const code = (expected: string, message: RegExp) => (error: Error & { code?: string }) =>
    error.code === expected && message.test(error.message);
  assert.throws(() => new Circuit(0), code("ERR_DOMAIN", /Circuit: qubits .* got 0/));
  assert.throws(() => new Circuit(30), code("ERR_DOMAIN", /would need 1.7e\+10 bytes/));
  assert.throws(
    () => new Circuit(2, [gate("cx", [0, 0])]),
    code("ERR_DOMAIN", /gate: gate.qubits must differ/),
  );
  assert.throws(() => new Circuit(2, [gate("h", [2])]), code("ERR_DOMAIN", /0\.\.1, got 2/));
  assert.throws(() => new Circuit(2, [gate("rx", [0])]), code("ERR_SHAPE", /has 1 angles, got 0/));
  assert.throws(
    () => new Circuit(1, [gate("rx", [0], Number.NaN)]),
    code("ERR_DOMAIN", /must be finite, got NaN/),
  );
  const matrix = [1, 0, 1, 0, 0, 0, 1, 0];
  assert.throws(
    () => new Circuit(1, [{ gate: "unitary", qubits: [0], matrix }]),
    code("ERR_DOMAIN", /must be unitary/),
  );
  assert.throws(
    () => new Circuit(1, [{ gate: "toString" as "x", qubits: [0] }]),
    code("ERR_TYPE", /the name of a gate/),
  );
  const open = new Circuit(1, [gate("rx", [0], parameter(0))]);
  assert.throws(() => simulate(open), code("ERR_SHAPE", /parameters must hold 1 numbers, got 0/));
  assert.throws(
    () => simulate(new Circuit(2), { initial: basisState(1) }),
    code("ERR_SHAPE", /must have 2 qubits, got 1/),
  );
  assert.throws(() => basisState(2, 4), code("ERR_DOMAIN", /below 4, got 4/));
  assert.throws(() => expectation(basisState(2), "Z"), code("ERR_SHAPE", /2 letters, got 1/));
  assert.throws(() => expectation(basisState(1), "Q"), code("ERR_DOMAIN", /IXYZ, got Q/));
});
