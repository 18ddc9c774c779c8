import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix } from "@daily-kernel/compute";
import { GaussianKernel, RationalQuadraticKernel } from "./index.ts";

// mpmath 1.3, 120 digits, by the recurrences of their coefficients: derivatives of order 16 in x, at
// x and 0, of the Gaussian kernel and of rational quadratic ones of this alpha.
const ORDER_16: [alpha: number | undefined, x: number, value: number][] = [
  [undefined, 0.3, 683902.7160283029],
  [undefined, 1.0, -971215.7102940902],
  [undefined, 4.0, -39411.19583392352],
  [1, 0.3, -51516245852.48204],
  [1, 1.0, -1321727617.0412145],
  [1, 4.0, -306.7202741862687],
];
const zero = matrix(1, 1);

test("derivatives up to the largest order keep nine digits, and twelve where they are large", () => {
  for (const [alpha, x, expected] of ORDER_16) {
    const kernel =
      alpha === undefined
        ? new GaussianKernel({ dimension: 1 })
        : new RationalQuadraticKernel({ dimension: 1, alpha });
    const value = kernel.gramDerivative(matrix(1, 1, [x]), zero, [{ x: [10], z: [6] }]).data[0]!;
    const error = Math.abs(value / expected - 1);
    assert.ok(error < (x <= 1 ? 1e-11 : 1e-9), `${alpha}, ${x}: ${value} is not ${expected}`);
  }
});

test("orders beyond are refused, and what is allowed is finite", () => {
  for (const kernel of [
    new GaussianKernel({ dimension: 2 }),
    new RationalQuadraticKernel({ dimension: 2 }),
  ]) {
    assert.equal(kernel.smoothness, 16);
    const at = matrix(1, 2, [0.5, 0.25]);
    const derivative = (terms: { x?: number[]; z?: number[] }[]) =>
      kernel.gramDerivative(at, matrix(1, 2), terms).data[0]!;
    assert.ok(Number.isFinite(derivative([{ x: [8, 0], z: [0, 8] }])));
    for (const term of [{ x: [17, 0] }, { x: [0, 9], z: [4, 4] }, { z: [270, 0] }]) {
      assert.throws(() => derivative([term]), { code: "ERR_DOMAIN", message: /up to order 16/ });
    }
  }
});
