import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix } from "@daily-kernel/compute";
import {
  basisState,
  Circuit,
  estimateGram,
  fidelity,
  gate,
  kernelAlignment,
  mitigateReadout,
  parameter,
  QuantumKernel,
  simulate,
  spsa,
  trainVariational,
  ZZFeatureMap,
} from "./index.ts";

test("a circuit stays what it was, whatever becomes of what it was made from", () => {
  const qubits = [0];
  const angles = [1];
  const circuit = new Circuit(1, [{ gate: "rx", qubits, angles }]);
  qubits[0] = 7;
  angles[0] = 2;
  assert.deepEqual(circuit.gates, [{ gate: "rx", qubits: [0], angles: [1] }]);
  assert.throws(() => (circuit.gates as unknown[]).push(1), TypeError);
  assert.throws(() => (circuit.gates[0]!.qubits as number[]).pop(), TypeError);
});

test("a bound angle that is no number is refused", () => {
  const circuit = new Circuit(1, [gate("rx", [0], parameter(0, 1e300))]);
  const overflow = { code: "ERR_DOMAIN", message: /parameter 0 must be finite/ };
  assert.throws(() => simulate(circuit, { parameters: [1e300] }), overflow);
  assert.throws(() => circuit.bind([1e300]), overflow);
});

test("an abort stops a training that nobody watches", async () => {
  const map = new ZZFeatureMap({ qubits: 2 });
  const x = matrix(2, 2, [1, 2, 3, 4]);
  const controller = new AbortController();
  const options = { map, layers: 1, seed: 1, shots: 10, signal: controller.signal };
  const training = trainVariational(x, [1, -1], { ...options, steps: 1e6 });
  setTimeout(() => controller.abort(new Error("enough")));
  await assert.rejects(training, /enough/);
  const stopped = trainVariational(x, [1, -1], { ...options, optimiser: "exact" });
  await assert.rejects(stopped, /enough/);
});

test("a gate is checked where it is made", () => {
  const make = gate as unknown as (...args: unknown[]) => unknown;
  assert.throws(() => make("foo", [0]), { code: "ERR_TYPE", message: /^gate: / });
  assert.throws(() => make("cx", [0]), { code: "ERR_SHAPE" });
  assert.throws(() => make("x", 0), { code: "ERR_TYPE" });
  assert.throws(() => make("rx", [0], Number.NaN), { code: "ERR_DOMAIN" });
  assert.throws(() => make("rx", [0], "1"), { code: "ERR_TYPE" });
});

test("alignment does not depend on the unit, and zeros have none", () => {
  const k = (unit: number) =>
    matrix(
      2,
      2,
      [1, -0.5, -0.5, 1].map((v) => v * unit),
    );
  const expected = kernelAlignment(k(1), [1, -1]);
  for (const unit of [1e-200, 1e200]) {
    assert.ok(Math.abs(kernelAlignment(k(unit), [1, -1]) - expected) < 1e-15);
  }
  assert.throws(() => kernelAlignment(k(0), [1, -1]), { code: "ERR_NUMERIC" });
});

test("errors name who was called", async () => {
  const none = null as never;
  assert.throws(() => fidelity(basisState(1), none), { message: /^fidelity: b/ });
  assert.throws(() => new Circuit(2).with(new Circuit(3)), { message: /^Circuit.with/ });
  assert.throws(() => new Circuit(2).bind(none), { message: /^Circuit.bind: values/ });
  const kernel = new QuantumKernel(new ZZFeatureMap({ qubits: 1 }));
  const estimate = (options: object) =>
    estimateGram(kernel, matrix(1, 1, [1]), undefined, options as never);
  assert.throws(() => estimate({ shots: 1 }), {
    code: "ERR_TYPE",
    message: /^estimateGram: .*seed/,
  });
  assert.throws(() => estimate({ shots: 1, seed: 1, mitigate: "yes" }), { code: "ERR_TYPE" });
  const half = { oneForZero: 0.5, zeroForOne: 0.5 };
  assert.throws(() => mitigateReadout([0.5, 0.5], half), { code: "ERR_NUMERIC" });
  const simplex = { simplex: 1 as never };
  assert.throws(() => mitigateReadout([1, 0], half, simplex), { code: "ERR_TYPE" });
  await assert.rejects(
    spsa(() => Number.NaN, [1], { seed: 1 }),
    { code: "ERR_NUMERIC" },
  );
});
