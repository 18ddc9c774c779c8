import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { edgeBandwidth, kdeRegimes, NearEdge, NoncentralChiSquare } from "../index.ts";

const near = (got: number, expected: number, tolerance: number) =>
  assert.ok(
    Math.abs(got - expected) <= tolerance * Math.max(1, Math.abs(expected)),
    `${got} is not ${expected}`,
  );

test("the noncentral chi-square law: values of SciPy 1.17", () => {
  const law = new NoncentralChiSquare(20, 20);
  near(law.logCdf(10), -9.655667382731087, 1e-12);
  near(law.logSf(100), -11.012758035216608, 1e-12);
  near(law.logCdf(40), -0.6302224197838049, 1e-12);
  near(law.logSf(40), -0.760298937709569, 1e-12);
  near(law.logPdf(30), -3.5551291892969408, 1e-12);
  near(new NoncentralChiSquare(5, 0).logCdf(3), -1.2039255917025615, 1e-12);
});

test("tails far below the smallest double: they add to one, and the density is the slope", () => {
  for (const [d, noncentrality] of [
    [1, 0.3],
    [7, 0],
    [480, 480],
  ] as const) {
    const law = new NoncentralChiSquare(d, noncentrality);
    for (const x of [0.5 * d, d + noncentrality, 1.4 * (d + noncentrality)]) {
      near(Math.exp(law.logCdf(x)) + Math.exp(law.logSf(x)), 1, 1e-12);
      const slope = (law.logCdf(x * 1.0001) - law.logCdf(x * 0.9999)) / (0.0002 * x);
      near(slope, Math.exp(law.logPdf(x) - law.logCdf(x)), 1e-6);
    }
    for (const logP of d === 1 ? [-1, -50] : [-1, -50, -900])
      near(law.logCdf(law.quantileLog(logP)), logP, 1e-11);
  }
  assert.equal(new NoncentralChiSquare(1, 0).quantileLog(-900), 0);
  // chi-square with 2 degrees is exponential with mean 2
  near(new NoncentralChiSquare(2, 0).logSf(3000), -1500, 1e-12);
});

test("drawn distances follow the law: n F of the k-th is a gamma variable of shape k", () => {
  const edge = new NearEdge({ d: 30, logN: 20, points: 100 });
  const rng = new Rng(5);
  const draws = 4000;
  for (const k of [1, 100]) {
    let mean = 0;
    for (let i = 0; i < draws; i++) {
      mean += Math.exp(20 + edge.law.logCdf(edge.draw(rng)[k - 1]!)) / draws;
    }
    near(mean / k, 1, 4 / Math.sqrt(draws * k));
  }
});

test("simulated means are those of the Laplace functional, within 4 standard errors", () => {
  for (const [d, alpha] of [
    [26, 0.5],
    [120, 0.25],
  ] as const) {
    const edge = new NearEdge({ d, logN: alpha * d, points: 1000 });
    const { hG } = kdeRegimes({ n: Math.exp(alpha * d), d });
    const rng = new Rng(d);
    const distances = Array.from({ length: 800 }, () => edge.draw(rng));
    for (const h of [0.5 * hG, 0.9 * hG]) {
      const found = distances.map((q) => edge.estimate(q, h));
      const expected = edge.expected(h);
      for (const key of ["logDensity", "participation"] as const) {
        const values = found.map((estimate) => estimate[key]);
        const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
        const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
        const error = (mean - expected[key]) / Math.sqrt(variance / values.length);
        assert.ok(Math.abs(error) < 4, `${key} at d = ${d}, h = ${h}: ${error} standard errors`);
      }
      assert.ok(Math.max(...found.map(({ truncation }) => truncation)) < 0.01);
    }
  }
});

test("the mean estimate of many points at a large bandwidth is the density's convolution", () => {
  const edge = new NearEdge({ d: 4, logN: Math.log(2e4), points: 5000 });
  const h = 1;
  const expected = -0.5 * 4 * Math.log(2 * Math.PI * (1 + h * h)) - 4 / (2 * (1 + h * h));
  const rng = new Rng(8);
  let mean = 0;
  for (let i = 0; i < 300; i++) mean += Math.exp(edge.estimate(edge.draw(rng), h).logDensity) / 300;
  near(mean / Math.exp(expected), 1, 0.01);
});

test("the finite-size edge: nears h_G from above, and scales with the data", () => {
  const ratios = [26, 60, 120, 240, 480].map(
    (d) => edgeBandwidth({ n: Math.exp(d / 2), d }) / kdeRegimes({ n: Math.exp(d / 2), d }).hG,
  );
  for (const [i, expected] of [1.1, 1.051, 1.029, 1.016, 1.009].entries()) {
    near(ratios[i]!, expected, 1e-3);
  }
  const scaled = edgeBandwidth({ n: 1e6, d: 30, sigma2: 4 });
  near(scaled, 2 * edgeBandwidth({ n: 1e6, d: 30 }), 1e-12);
});

test("bad input is named", () => {
  assert.throws(() => new NoncentralChiSquare(0, 1), { code: "ERR_DOMAIN" });
  assert.throws(() => new NoncentralChiSquare(2, -1), { code: "ERR_DOMAIN" });
  assert.throws(() => new NoncentralChiSquare(2, 1).logCdf(Number.NaN), { code: "ERR_DOMAIN" });
  assert.throws(() => new NoncentralChiSquare(2, 1).quantileLog(0.1), { code: "ERR_DOMAIN" });
  assert.throws(() => new NearEdge({ d: 2.5, logN: 10 }), { code: "ERR_DOMAIN" });
  assert.throws(() => new NearEdge({ d: 2, logN: 5 }), /points must be well below/);
  assert.throws(() => new NearEdge({ d: 2, logN: 601 }), { code: "ERR_DOMAIN" });
  const edge = new NearEdge({ d: 2, logN: 10, points: 10 });
  assert.throws(() => edge.draw({} as Rng), { code: "ERR_TYPE" });
  assert.throws(() => edge.estimate(edge.draw(new Rng(1)), 0), { code: "ERR_DOMAIN" });
  assert.throws(() => edgeBandwidth({ n: 1, d: 3 }), { code: "ERR_DOMAIN" });
});
