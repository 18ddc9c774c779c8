import assert from "node:assert/strict";
import { before, test } from "node:test";
import { matrix, Rng } from "@daily-kernel/compute";
import { fromJax, matrixFromJax, toJax } from "@daily-kernel/nn";
import { defaultDevice, grad, init, numpy as np, valueAndGrad } from "@jax-js/jax";
import { KernelLayer, ReluFeatures, UniversalRandomFeatures } from "./index.ts";
import {
  jaxFeatures,
  type KernelLayerParameters,
  kernelAdapter,
  kernelLayer,
  kernelLayerParameters,
} from "./jax.ts";

before(async () => {
  await init("wasm");
  defaultDevice("wasm");
});

const x = matrix(
  6,
  3,
  new Rng(1).fillNormal(new Float64Array(18)).map((v) => 0.4 * v),
);
const maps = {
  rectified: new ReluFeatures({ dimension: 3, features: 8, seed: 2 }),
  universal: new UniversalRandomFeatures({
    ...{ activation: "gaussian" as const, dimension: 3, features: 8 },
    ...{ seed: 2, tilt: 0.1, balance: 1.2 },
  }),
};

function close(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    const bound = tolerance * (1 + Math.abs(expected[i]!));
    assert.ok(Math.abs(actual[i]! - expected[i]!) <= bound, `${i}: ${actual[i]}, ${expected[i]}`);
  }
}

for (const [name, features] of Object.entries(maps)) {
  test(`${name}: the numbers of the map, and their slopes`, async () => {
    const phi = jaxFeatures(features);
    const mapped = await matrixFromJax(phi(toJax(x)));
    close(mapped.data, features.map(x).data, 1e-5);
    const slope = await fromJax(grad((p: np.Array) => phi(p).sum())(toJax(x)));
    const total = (i: number, h: number) => {
      const moved = matrix(
        6,
        3,
        x.data.map((v, k) => (k === i ? v + h : v)),
      );
      return features.map(moved).data.reduce((sum, v) => sum + v);
    };
    const expected = x.data.map((_, i) => (total(i, 1e-6) - total(i, -1e-6)) / 2e-6);
    close(slope.data, expected, 1e-4);
    phi.dispose();
  });
}

test("a layer of the same numbers, which learns", async () => {
  const layer = new KernelLayer(
    maps.universal,
    matrix(2, 8, new Rng(5).fillNormal(new Float64Array(16))),
    [1, 2],
  );
  const phi = jaxFeatures(maps.universal);
  const out = await matrixFromJax(kernelLayer(kernelLayerParameters(layer), phi, toJax(x)));
  close(out.data, layer.apply(x).data, 1e-5);
  const target = matrix(6, 2, new Rng(6).fillNormal(new Float64Array(12)));
  const step = valueAndGrad((p: KernelLayerParameters) => {
    const error = kernelLayer(p, phi, toJax(x)).sub(toJax(target));
    return error.ref.mul(error).mean();
  });
  let parameters = kernelLayerParameters(layer);
  const losses: number[] = [];
  for (let k = 0; k < 60; k++) {
    const { weights, bias } = parameters;
    const [loss, slopes] = step({ weights: weights.ref, bias: bias.ref });
    losses.push(loss.js() as number);
    const down = slopes as KernelLayerParameters;
    parameters = {
      weights: weights.sub(down.weights.mul(0.3)),
      bias: bias.sub(down.bias.mul(0.3)),
    };
  }
  assert.ok(losses.at(-1)! < 0.6 * losses[0]!, `${losses[0]}, ${losses.at(-1)}`);
});

test("an adapter is the identity while its gate is shut", async () => {
  const phi = jaxFeatures(maps.rectified);
  const weights = matrix(3, 8, new Rng(5).fillNormal(new Float64Array(24)));
  const adapted = async (gate: number[]) => {
    const parameters = { weights: toJax(weights), gate: np.array(gate) };
    return (await matrixFromJax(kernelAdapter(parameters, phi, toJax(x)))).data;
  };
  close(await adapted([0, 0, 0]), x.data, 1e-7);
  const update = new KernelLayer(maps.rectified, weights).apply(x).data;
  const expected = x.data.map((v, k) => v + [1, -2, 0][k % 3]! * update[k]!);
  close(await adapted([1, -2, 0]), expected, 1e-5);
});
