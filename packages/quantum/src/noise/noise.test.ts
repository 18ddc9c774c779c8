import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import fc from "fast-check";
import { Circuit, gate } from "../circuits/circuit.ts";
import { adjoint, multiply } from "../circuits/complex-matrix.ts";
import { simulate } from "../simulator/simulate.ts";
import { probabilities } from "../simulator/state-vector.ts";
import { binomial, multinomial } from "./binomial.ts";
import { amplitudeDamping, bitFlip, depolarizing, phaseDamping } from "./channels.ts";
import { densityProbabilities, simulateDensity } from "./density-matrix.ts";
import { applyReadout, mitigateReadout } from "./readout.ts";
import { simulateTrajectory } from "./trajectory.ts";
import { zeroNoiseExtrapolate } from "./zero-noise.ts";

const bell = new Circuit(2, [gate("h", [0]), gate("cx", [0, 1])]);
const near = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance: number) => {
  for (let i = 0; i < a.length; i++) {
    assert.ok(Math.abs(a[i]! - b[i]!) <= tolerance, `${Array.from(a)} and ${Array.from(b)}`);
  }
};

test("a binomial number has its exact distribution", () => {
  const rng = new Rng(4);
  for (const [n, p] of [
    [5, 0.3],
    [40, 0.1],
    [200, 0.93],
  ] as const) {
    const draws = 40_000;
    const counts = new Float64Array(n + 1);
    for (let k = 0; k < draws; k++) counts[binomial(n, p, rng)]!++;
    let [mass, chi, cells] = [(1 - p) ** n, 0, 0];
    for (let k = 0; k <= n; k++) {
      if (mass * draws > 5) {
        chi += (counts[k]! - mass * draws) ** 2 / (mass * draws);
        cells++;
      }
      mass *= ((n - k) / (k + 1)) * (p / (1 - p));
    }
    assert.ok(chi < cells + 4 * Math.sqrt(2 * cells) + 5, `n = ${n}, p = ${p}: ${chi} of ${cells}`);
  }
  assert.equal(binomial(1000, 0, rng), 0);
  assert.equal(binomial(1000, 1, rng), 1000);
  const large = Array.from({ length: 4000 }, () => binomial(50_000, 0.2, rng));
  const mean = large.reduce((sum, k) => sum + k, 0) / 4000;
  const variance = large.reduce((sum, k) => sum + (k - mean) ** 2, 0) / 4000;
  assert.ok(Math.abs(mean - 10_000) < 4 * Math.sqrt(8000 / 4000));
  assert.ok(Math.abs(variance / 8000 - 1) < 0.1);
});

test("a multinomial sample has as many counts as shots, none where nothing can be", () => {
  const counts = multinomial(1000, Float64Array.of(0.5, 0, 0.5, 0), new Rng(1));
  assert.equal(counts[0]! + counts[2]!, 1000);
  assert.deepEqual([counts[1], counts[3]], [0, 0]);
  assert.ok(Math.abs(counts[0]! - 500) < 4 * Math.sqrt(250));
});

test("Kraus operators add up to the identity", () => {
  const channels = [depolarizing(0.3), depolarizing(0.3, 2), amplitudeDamping(0.2)];
  for (const { qubits, kraus } of [...channels, phaseDamping(0.4), bitFlip(0.1)]) {
    const sum = new Float64Array(2 * 4 ** qubits);
    for (const k of kraus) {
      for (const [i, value] of multiply(adjoint(k), k).entries()) sum[i]! += value;
    }
    near(
      sum,
      sum.map((_, i) => (i % (2 * (2 ** qubits + 1)) === 0 ? 1 : 0)),
      1e-14,
    );
  }
});

test("without noise the density matrix is that of the state", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -6, max: 6, noNaN: true }), { minLength: 9, maxLength: 9 }),
      (a) => {
        const circuit = new Circuit(3, [
          ...[0, 1, 2].map((q) => gate("u", [q], a[q]!, a[3 + q]!, 1)),
          gate("ccx", [2, 0, 1]),
          gate("ryy", [0, 2], a[6]!),
          gate("crz", [1, 2], a[7]!),
          gate("ry", [0], a[8]!),
        ]);
        const p = densityProbabilities(simulateDensity(circuit));
        near(p, probabilities(simulate(circuit)), 1e-13);
      },
    ),
    { numRuns: 25 },
  );
});

test("closed forms: decay, full depolarising, dephasing", () => {
  const one = new Circuit(1, [gate("x", [0])]);
  const decay = simulateDensity(one, { noise: { oneQubit: amplitudeDamping(0.3) } });
  near(densityProbabilities(decay), [0.3, 0.7], 1e-15);
  const mixed = simulateDensity(bell, { noise: { twoQubit: depolarizing(1, 2) } });
  near(densityProbabilities(mixed), [0.25, 0.25, 0.25, 0.25], 1e-15);
  near([mixed.re[3]!, mixed.im[3]!], [0, 0], 1e-15);
  // depolarising with probability p mixes in the identity
  const part = simulateDensity(bell, { noise: { twoQubit: depolarizing(0.2, 2) } });
  near(densityProbabilities(part), [0.45, 0.05, 0.05, 0.45], 1e-15);
  const plus = new Circuit(1, [gate("h", [0])]);
  const dephased = simulateDensity(plus, { noise: { oneQubit: phaseDamping(0.36) } });
  near([dephased.re[1]!], [0.5 * 0.8], 1e-15);
});

test("trajectories average to the density matrix", () => {
  const noise = { oneQubit: amplitudeDamping(0.2), twoQubit: depolarizing(0.3) };
  const circuit = bell.with(gate("ry", [0], 0.7), gate("cz", [0, 1]), gate("rx", [1], 0.4));
  const exact = densityProbabilities(simulateDensity(circuit, { noise }));
  const rng = new Rng(12);
  const runs = 4000;
  const mean = new Float64Array(4);
  for (let k = 0; k < runs; k++) {
    const p = probabilities(simulateTrajectory(circuit, { noise, rng }));
    for (let i = 0; i < 4; i++) mean[i]! += p[i]! / runs;
  }
  near(mean, exact, 4 * Math.sqrt(0.25 / runs));
});

test("known readout errors are undone exactly, and to probabilities from frequencies", () => {
  const readout = [
    { oneForZero: 0.02, zeroForOne: 0.1 },
    { oneForZero: 0.05, zeroForOne: 0 },
  ];
  const p = [0.1, 0.2, 0.3, 0.4];
  const read = applyReadout(p, readout);
  // qubit 0 is the high bit: |00> is read from all four
  const zeros = 0.98 * 0.95 * 0.1 + 0.98 * 0 * 0.2 + 0.1 * 0.95 * 0.3 + 0.1 * 0 * 0.4;
  assert.ok(Math.abs(read[0]! - zeros) < 1e-15);
  near(mitigateReadout(read, readout), p, 1e-14);
  const frequencies = mitigateReadout([0, 0, 0.02, 0.98], readout);
  assert.ok(Math.min(...frequencies) < 0);
  const nearest = mitigateReadout([0, 0, 0.02, 0.98], readout, { simplex: true });
  assert.ok(Math.min(...nearest) >= 0);
  assert.ok(Math.abs(nearest.reduce((sum, value) => sum + value, 0) - 1) < 1e-14);
  assert.throws(() => mitigateReadout([1, 0], { oneForZero: 0.5, zeroForOne: 0.5 }), {
    code: "ERR_NUMERIC",
  });
});

test("extrapolation is exact for polynomials", () => {
  const f = (c: number) => 3 - 2 * c + 0.5 * c * c;
  assert.ok(Math.abs(zeroNoiseExtrapolate([1, 1.5], [5 - 1, 5 - 1.5]) - 5) < 1e-14);
  assert.ok(Math.abs(zeroNoiseExtrapolate([1, 1.5, 3], [1, 1.5, 3].map(f)) - 3) < 1e-14);
  assert.throws(() => zeroNoiseExtrapolate([1, 1], [2, 3]), { code: "ERR_DOMAIN" });
  assert.throws(() => zeroNoiseExtrapolate([1], [2]), { code: "ERR_SHAPE" });
});

test("bad noise is refused at the door", () => {
  assert.throws(() => depolarizing(1.5), { code: "ERR_DOMAIN" });
  assert.throws(() => amplitudeDamping(Number.NaN), { code: "ERR_DOMAIN" });
  assert.throws(() => simulateDensity(bell, { noise: { oneQubit: depolarizing(0.1, 2) } }), {
    code: "ERR_DOMAIN",
  });
  assert.throws(() => simulateDensity(new Circuit(11)), { code: "ERR_DOMAIN" });
  const twice = { qubits: 1, kraus: [Float64Array.of(2, 0, 0, 0, 0, 0, 2, 0)] } as const;
  assert.throws(() => simulateDensity(bell, { noise: { oneQubit: twice } }), /keep the trace/);
  assert.throws(() => multinomial(1, Float64Array.of(-1, 2), new Rng(1)), /got -1 at index 0/);
  assert.throws(() => multinomial(1, Float64Array.of(0, 0), new Rng(1)), { code: "ERR_DOMAIN" });
  assert.throws(() => binomial(-1, 0.5, new Rng(1)), { code: "ERR_DOMAIN" });
  assert.throws(() => applyReadout([1, 0, 0], { oneForZero: 0, zeroForOne: 0 }), {
    code: "ERR_SHAPE",
  });
});
