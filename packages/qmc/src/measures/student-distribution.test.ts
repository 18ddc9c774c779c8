import assert from "node:assert/strict";
import { test } from "node:test";
import { lgamma } from "@daily-kernel/special";
import fc from "fast-check";
import { logGammaRatio, StudentDistribution } from "./student-distribution.ts";

// mpmath, rounded: the root of betainc(nu/2, 1/2, 0, nu/(nu+t^2), regularized=True)/2 = p
const quantiles: [nu: number, p: number, t: number][] = [
  [0.3, 1e-20, 1.3958120070683056e65],
  [0.3, 1e-3, 300718580.8790971],
  [0.3, 0.1, 64.78654563709689],
  [0.3, 0.3, 1.6126582577896125],
  [0.3, 0.499, 0.004360792744073759],
  [1, 0.1, 3.077683537175253],
  [1, 0.499, 0.003141602989056159],
  [3, 1e-20, 4795275.720468973],
  [3, 0.1, 1.63774435369621],
  [3, 0.499, 0.002720703521734023],
  [30, 1e-20, 22.658878371940183],
  [30, 1e-3, 3.385184866829305],
  [30, 0.3, 0.5300190039065045],
  [1e3, 1e-20, 9.467044815255925],
  [1e3, 0.1, 1.2823987214609245],
  [1e6, 1e-20, 9.262541065291659],
  [1e6, 1e-3, 3.09024045631652],
  [1e6, 0.3, 0.5244006798602089],
  [1e6, 0.499, 0.002506631526233507],
];

test("quantiles and probabilities are those of mpmath, in both tails", () => {
  for (const [nu, p, t] of quantiles) {
    const student = new StudentDistribution(nu);
    const got = student.quantile(p);
    assert.ok(Math.abs(got / -t - 1) < 1e-14, `nu ${nu}, p ${p}: ${got}`);
    assert.ok(Math.abs(student.cdf(-t) / p - 1) < 2e-14, `nu ${nu}, t ${t}: ${student.cdf(-t)}`);
    assert.ok(Math.abs(student.cdf(t) - (1 - p)) < 4e-16);
  }
});

test("probabilities of quantiles come back, for any degrees of freedom", () => {
  const logs = (min: number, max: number) =>
    fc.double({ min, max, noNaN: true }).map((x) => 10 ** x);
  fc.assert(
    fc.property(logs(-1, 9), logs(-300, Math.log10(0.49)), (nu, p) => {
      const student = new StudentDistribution(nu);
      const t = student.quantile(p);
      if (t < -1e300) return;
      assert.ok(Math.abs(student.cdf(t) / p - 1) < 1e-12, `${student.cdf(t)}`);
    }),
    { numRuns: 3000 },
  );
});

test("the middle and the ends are limits", () => {
  const student = new StudentDistribution(4);
  assert.deepEqual(
    [0, 0.5, 1].map((p) => student.quantile(p)),
    [-Infinity, 0, Infinity],
  );
  assert.equal(student.quantile(0.25), -student.quantile(0.75));
  assert.ok(Math.abs(student.quantile(0.5 - 2 ** -54) / (-(2 ** -54) / 0.375) - 1) < 1e-15);
  assert.equal(student.cdf(0), 0.5);
  // 10^1900 and more
  assert.equal(new StudentDistribution(0.1).quantile(1e-200), -Infinity);
});

test("the logarithm of Gamma(a + 1/2) / Gamma(a) is that of lgamma, without its cancellation", () => {
  for (const a of [1e-3, 0.5, 1, 3.7, 19.9, 20, 50]) {
    assert.ok(Math.abs(logGammaRatio(a) - (lgamma(a + 0.5) - lgamma(a))) < 1e-13);
  }
  assert.equal(logGammaRatio(1e12), 0.5 * Math.log(1e12 - 0.25));
});
