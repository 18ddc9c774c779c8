import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { Circuit, gate, parameter } from "../circuits/circuit.ts";
import { GATES, type GateKind, type GateName } from "../circuits/gates.ts";
import { adHocData } from "../data/ad-hoc-data.ts";
import { ZZFeatureMap } from "../feature-maps/zz-feature-map.ts";
import { expectation } from "../simulator/pauli.ts";
import { simulate } from "../simulator/simulate.ts";
import { variationalCircuit } from "./ansatz.ts";
import { expectationGradient } from "./expectation-gradient.ts";
import { parities, parityGradient } from "./parities.ts";
import { risk } from "./risk.ts";
import { spsa } from "./spsa.ts";
import { trainVariational } from "./variational-classifier.ts";

test("adjoint, parameter shift and differences agree for every gate with an angle", () => {
  const names = (Object.keys(GATES) as GateName[]).filter((name) => GATES[name].angles.length > 0);
  const rng = new Rng(3);
  const gates = [0, 1, 2].map((q) => gate("u", [q], 0.3 + q, 1.1 - q, 0.4));
  let count = 0;
  for (const name of names) {
    const kind: GateKind = GATES[name];
    const on = [...rng.permutation(3)].slice(0, kind.controls + kind.targets);
    // some parameters twice, some scaled
    const angles = kind.angles.map((_, k) => parameter((count + k) % 12, k === 0 ? 1.5 : -1));
    count += kind.angles.length;
    gates.push(gate(name, on, ...angles), gate("h", [rng.integer(3)]));
  }
  const circuit = new Circuit(3, gates);
  const parameters = rng.fillUniform(new Float64Array(circuit.parameters)).map((u) => 6 * u - 3);
  const observable = [
    { pauli: "ZXY", coefficient: 0.7 },
    { pauli: "IZZ", coefficient: -1.2 },
  ];
  const f = (at: Float64Array) => expectation(simulate(circuit, { parameters: at }), observable);
  const exact = expectationGradient(circuit, observable, { parameters });
  const options = { parameters, method: "parameter-shift" } as const;
  const shifted = expectationGradient(circuit, observable, options);
  assert.equal(exact.value, f(parameters));
  for (let k = 0; k < parameters.length; k++) {
    const h = 1e-5;
    const difference =
      (f(parameters.with(k, parameters[k]! + h)) - f(parameters.with(k, parameters[k]! - h))) /
      (2 * h);
    assert.ok(Math.abs(exact.gradient[k]! - shifted.gradient[k]!) < 1e-13, `parameter ${k}`);
    assert.ok(Math.abs(exact.gradient[k]! - difference) < 1e-8, `parameter ${k}`);
  }
});

test("parities of a batch, and their weighted gradient", () => {
  const rng = new Rng(5);
  const map = new ZZFeatureMap({ qubits: 3 });
  const circuit = variationalCircuit(3, 2, "linear");
  assert.equal(circuit.parameters, 18);
  const { train } = adHocData({ map, train: 3, test: 0, seed: 1 });
  const states = map.states(train.x);
  const parameters = rng.fillNormal(new Float64Array(18));
  const weights = rng.fillNormal(new Float64Array(6));
  const f = parities(circuit, parameters, states);
  const gradient = parityGradient(circuit, parameters, states, weights);
  const expected = new Float64Array(18);
  for (let i = 0; i < 6; i++) {
    const initial = map.state(train.x.data.subarray(3 * i, 3 * i + 3));
    const one = expectationGradient(circuit, "ZZZ", { parameters, initial });
    assert.ok(Math.abs(one.value - f[i]!) < 1e-14);
    for (let k = 0; k < 18; k++) expected[k]! += weights[i]! * one.gradient[k]!;
  }
  for (let k = 0; k < 18; k++) assert.ok(Math.abs(gradient[k]! - expected[k]!) < 1e-13);
});

test("the risk is a half on the border, falls with p, and has its derivatives", () => {
  assert.equal(risk(0.5, 0, 100).value, 0.5);
  assert.ok(Math.abs(risk(0.4, 0.2, 100).value - 0.5) < 1e-14);
  for (const [p, b, shots] of [
    [0.7, 0.1, 50],
    [0.2, -0.3, 200],
    [0.55, 0, 2000],
  ] as const) {
    const { byP, byBias } = risk(p, b, shots);
    const h = 1e-6;
    const differenceP = (risk(p + h, b, shots).value - risk(p - h, b, shots).value) / (2 * h);
    const differenceB = (risk(p, b + h, shots).value - risk(p, b - h, shots).value) / (2 * h);
    assert.ok(Math.abs(byP - differenceP) < 1e-5 * Math.max(1, Math.abs(byP)));
    assert.ok(Math.abs(byBias - differenceB) < 1e-5 * Math.max(1, Math.abs(byBias)));
    assert.ok(byP < 0 && byBias < 0);
  }
  assert.ok(Number.isFinite(risk(1, 0, 10).value) && Number.isFinite(risk(0, 0, 10).value));
});

test("SPSA finds the minimum of a noisy quadratic; nothing moves without steps", async () => {
  const noise = new Rng(4);
  const loss = (x: Float64Array) =>
    (x[0]! - 1) ** 2 + 2 * (x[1]! + 0.5) ** 2 + 0.01 * noise.normal();
  const found = await spsa(loss, [4, 4], { seed: 1, steps: 1000, a: 0.3, stability: 50 });
  assert.ok(Math.abs(found[0]! - 1) < 0.1 && Math.abs(found[1]! + 0.5) < 0.1, `${found}`);
  assert.deepEqual([...(await spsa(loss, [4, 4], { seed: 1, steps: 0 }))], [4, 4]);
  await assert.rejects(spsa(loss, [Number.NaN], { seed: 1 }), { code: "ERR_DOMAIN" });
});

test("both optimisers learn labels of the same map, and the seed decides the result", async () => {
  const map = new ZZFeatureMap({ qubits: 2 });
  const { train, test: fresh } = adHocData({ map, train: 20, test: 50, seed: 3 });
  for (const optimiser of ["spsa", "exact"] as const) {
    const options = { map, layers: 3, seed: 5, optimiser };
    const trained = await trainVariational(train.x, train.y, options);
    const right = (labels: Int8Array) => labels.filter((l, i) => l === fresh.y[i]).length;
    assert.ok(right(trained.predict(fresh.x)) >= 95, optimiser);
    const measured = trained.predict(fresh.x, { shots: 2000, rng: new Rng(2) });
    assert.ok(right(measured) >= 93, optimiser);
    const again = await trainVariational(train.x, train.y, options);
    assert.deepEqual(again.parameters, trained.parameters);
  }
});

test("training can be cancelled, and refuses what it cannot use", async () => {
  const map = new ZZFeatureMap({ qubits: 2 });
  const { train } = adHocData({ map, train: 2, test: 0, seed: 3 });
  const options = { map, layers: 1, seed: 1 };
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(trainVariational(train.x, train.y, { ...options, signal }), /enough/);
  await assert.rejects(trainVariational(train.x, [1, 1, 1, 1], options), {
    code: "ERR_DOMAIN",
    message: /both labels/,
  });
  await assert.rejects(trainVariational(train.x, [1, 0, 1, 1], options), /got 0 at index 1/);
  await assert.rejects(trainVariational(train.x, train.y, { ...options, layers: -1 }), {
    code: "ERR_DOMAIN",
  });
});
