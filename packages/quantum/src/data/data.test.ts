import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { unitarityError } from "../circuits/complex-matrix.ts";
import { ZZFeatureMap } from "../feature-maps/zz-feature-map.ts";
import { applyOperation } from "../simulator/apply-gate.ts";
import { expectation } from "../simulator/pauli.ts";
import { adHocData } from "./ad-hoc-data.ts";
import { haarUnitary } from "./haar-unitary.ts";

test("Haar matrices are unitary, and their moments are Haar's", () => {
  const rng = new Rng(7);
  assert.ok(unitarityError(haarUnitary(8, rng)) < 1e-14);
  const runs = 4000;
  let [trace, fourth] = [0, 0];
  for (let k = 0; k < runs; k++) {
    const u = haarUnitary(2, rng);
    assert.ok(unitarityError(u) < 1e-14);
    trace += ((u[0]! + u[6]!) ** 2 + (u[1]! + u[7]!) ** 2) / runs;
    fourth += (u[0]! ** 2 + u[1]! ** 2) ** 2 / runs;
  }
  // E |tr U|^2 = 1, where plain QR without phases gives another value; E |U_00|^4 = 2 / (d (d + 1))
  assert.ok(Math.abs(trace - 1) < 4 * Math.sqrt(1 / runs), `${trace}`);
  assert.ok(Math.abs(fourth - 1 / 3) < (4 * 0.3) / Math.sqrt(runs), `${fourth}`);
});

test("labels are signs of the observable beyond the gap, as many of either", () => {
  const map = new ZZFeatureMap({ qubits: 3 });
  const { train, test: fresh, unitary } = adHocData({ map, train: 5, test: 3, seed: 2, gap: 0.2 });
  for (const [{ x, y }, each] of [
    [train, 5],
    [fresh, 3],
  ] as const) {
    assert.equal(x.rows, 2 * each);
    assert.equal(
      y.reduce((sum, label) => sum + label, 0),
      0,
    );
    for (let i = 0; i < x.rows; i++) {
      const state = map.state(x.data.subarray(3 * i, 3 * i + 3));
      const operation = { controls: [], targets: [0, 1, 2], matrix: unitary };
      applyOperation(state.re, state.im, 3, operation);
      assert.ok(y[i]! * expectation(state, "ZZZ") > 0.2);
    }
  }
  const again = adHocData({ map, train: 5, test: 3, seed: 2, gap: 0.2 });
  assert.deepEqual(again.train.x.data, train.x.data);
});

test("bad options are refused", () => {
  const map = new ZZFeatureMap({ qubits: 2 });
  assert.throws(() => adHocData({ map, train: 0, test: 1, seed: 1 }), { code: "ERR_DOMAIN" });
  const unitary = new Float64Array(32).fill(0.5);
  assert.throws(() => adHocData({ map, train: 1, test: 1, seed: 1, unitary }), {
    code: "ERR_DOMAIN",
  });
  const options = { map, train: 1, test: 1, seed: 1, gap: 1 };
  assert.throws(() => adHocData(options), { code: "ERR_NUMERIC" });
});
