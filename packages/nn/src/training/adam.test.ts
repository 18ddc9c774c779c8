import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultDevice, init, numpy as np } from "@jax-js/jax";
import { fromJax } from "../jax.ts";
import { adam, type Parameters } from "./adam.ts";

await init("wasm");
defaultDevice("wasm");

/** Half the squared distance of (a, b) from a target, b weighted by 9. */
const loss = ({ a, b }: Parameters, target: np.Array) => {
  const [da, db] = [a!.sub(target.ref.slice(0)), b!.sub(target.slice(1))];
  return da.ref.mul(da).add(db.ref.mul(db).mul(9)).mul(0.5).sum();
};

/** Algorithm 1 of Kingma and Ba, as written there. */
function plain(start: number, slope: (x: number) => number, rate: number, steps: number): number {
  let [x, m, v] = [start, 0, 0];
  for (let t = 1; t <= steps; t++) {
    const g = slope(x);
    m = 0.9 * m + 0.1 * g;
    v = 0.999 * v + 0.001 * g * g;
    x -= (rate * (m / (1 - 0.9 ** t))) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-8);
  }
  return x;
}

test("steps are those of the algorithm; one optimiser trains several networks", async () => {
  const optimiser = adam(loss);
  for (const [a, b] of [
    [3, -2],
    [0.5, 4],
  ] as const) {
    const state = optimiser.begin({ a: np.array([a]), b: np.array([b]) });
    const losses: number[] = [];
    for (let k = 0; k < 25; k++) losses.push(await optimiser.step(state, 0.1, np.array([1, 2])));
    assert.ok(Math.abs(losses[0]! - 0.5 * ((a - 1) ** 2 + 9 * (b - 2) ** 2)) < 1e-5);
    assert.ok(losses[24]! < losses[0]!);
    assert.equal(state.steps, 25);
    const found = optimiser.end(state);
    const [gotA] = (await fromJax(found.a!)).data;
    const [gotB] = (await fromJax(found.b!)).data;
    assert.ok(Math.abs(gotA! - plain(a, (x) => x - 1, 0.1, 25)) < 1e-4);
    assert.ok(Math.abs(gotB! - plain(b, (x) => 9 * (x - 2), 0.1, 25)) < 1e-4);
  }
  optimiser.dispose();
});
