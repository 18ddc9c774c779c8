import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { betaI, betaIInv } from "./beta.ts";
import { gammaP, gammaPInv, gammaQ } from "./gamma.ts";

const close = (a: number, b: number, tolerance: number) =>
  assert.ok(a === b || Math.abs(a - b) <= tolerance * Math.abs(b), `${a}, not ${b}`);

test("betaI of equal shapes is 1/2 in the middle, at either end of the doubles", () => {
  for (const a of [5e-324, 1e-310, 1e-200, 1e-100, 0.3, 7, 6000, 1e17, 1e160, 1e300, 8e307]) {
    close(betaI(a, a, 0.5), 0.5, 1e-14);
  }
});

test("betaI of tiny shapes is b / (a + b) inside", () => {
  close(betaI(1e-310, 3e-310, 0.2), 0.75, 1e-13);
  close(betaI(3e-300, 1e-300, 1e-9), 0.25, 1e-13);
  assert.equal(betaI(1e-310, 5, 1e-300), 1);
  close(betaI(1e-300, 5, 0.9), 1, 1e-15);
});

test("betaI of a huge second shape is gammaP", () => {
  for (const a of [2, 50, 4999])
    close(betaI(a, 1e307, (a * 0.98) / 1e307), gammaP(a, a * 0.98), 1e-11);
  assert.equal(betaI(2, 1e300, 1e-100), 1);
  assert.equal(betaI(1e307, 2e307, 0.33), 0);
  assert.equal(betaI(1e307, 2e307, 0.34), 1);
});

test("a small tail of a small shape keeps its digits", () => {
  // I_x(1, b) = 1 - (1-x)^b
  for (const b of [1e-3, 1e-8, 1e-100]) {
    close(betaI(1, b, 0.8), -Math.expm1(b * Math.log1p(-0.8)), 1e-14);
  }
});

test("quantiles of tiny probabilities: gammaPInv(1, p) = p, betaIInv(1, b, p) = p / b", () => {
  for (const p of [1e-300, 1e-200, 1e-60, 1e-20]) {
    close(gammaPInv(1, p), p, 1e-15);
    close(betaIInv(1, 117.7, p), p / 117.7, 1e-15);
  }
  fc.assert(
    fc.property(
      fc.double({ min: 0.5, max: 30, noNaN: true }),
      fc.double({ min: -300, max: -1, noNaN: true }),
      (a, e) => {
        const x = gammaPInv(a, 10 ** e);
        if (x > 1e-300) close(gammaP(a, x), 10 ** e, 3e-15 * (1 + a));
      },
    ),
  );
});

test("tiny tails: Q(n, x) is a Poisson sum, Q(1, x) = e^-x", () => {
  close(gammaQ(1, 700), Math.exp(-700), 1e-15);
  // e^-x x^20/20! (1 + 20/x + 20 19/x^2 + ...), x = 700; e^-700 is exact to an ulp
  let sum = 1;
  for (let k = 1; k <= 20; k++) sum = 1 + (k / 700) * sum;
  let head = Math.exp(-700);
  for (let k = 1; k <= 20; k++) head *= 700 / k;
  close(gammaQ(21, 700), head * sum, 5e-15);
  // 1 - e^-x (1 + x + ... ) for the other tail: x^100 e^-x / 100! (1 + x/101 + ...)
  let lead = Math.exp(-1);
  for (let k = 1; k <= 100; k++) lead /= k;
  let tail = 1;
  for (let k = 140; k > 100; k--) tail = 1 + tail / k;
  close(gammaP(100, 1), lead * tail, 5e-15);
});
