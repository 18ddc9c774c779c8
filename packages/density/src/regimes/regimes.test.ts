import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { kdeRegimes } from "../index.ts";

const near = (got: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(got - expected) <= tolerance * Math.abs(expected), `${got}, ${expected}`);

test("isotropic data: the table, the closed relation, and both limits", () => {
  const table = [
    [0.1, 1.37078, 1.03857],
    [0.25, 0.94685, 0.83437],
    [0.5, 0.65215, 0.62244],
    [1, 0.37211, 0.36934],
    [1.5, 0.22351, 0.22326],
  ] as const;
  for (const [alpha, hG, hKl] of table) {
    const found = kdeRegimes({ n: Math.exp(200 * alpha), d: 200 });
    near(found.hG, hG, 2e-5);
    near(found.hKl, hKl, 2e-5);
    near(found.hClt, Math.SQRT2 * found.hG, 1e-15);
    const u = found.hG ** -2;
    near(found.hKl / found.hG, Math.sqrt(u * (u + 2)) / (1 + u), 1e-12);
  }
  near(kdeRegimes({ n: Math.exp(1e-3), d: 100 }).hG, (0.75 / 1e-5) ** 0.25, 0.01);
  near(kdeRegimes({ n: Math.exp(500), d: 100 }).hG, Math.exp(-5), 0.01);
});

test("any spectrum: the exponent has one derivative at h_G, and is largest at h_KL < h_G", () => {
  const spectrum = fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), {
    minLength: 2,
    maxLength: 30,
  });
  fc.assert(
    fc.property(spectrum, fc.double({ min: 0.05, max: 3, noNaN: true }), (c, alpha) => {
      const d = c.length;
      const regimes = kdeRegimes({ n: Math.exp(alpha * d), d, spectrum: c });
      const { hG, hKl, exponent } = regimes;
      assert.ok(hKl < hG);
      const slope = (h: number) => (exponent(h * 1.0001) - exponent(h * 0.9999)) / 2e-4;
      assert.ok(Math.abs(exponent(hG * (1 + 1e-9)) - exponent(hG * (1 - 1e-9))) < 1e-6);
      assert.ok(
        Math.abs(slope(hG * 1.001) - slope(hG * 0.999)) < 0.02 * (1 + regimes.edgeEnergy / hG ** 2),
      );
      for (const h of [0.5, 0.9, 0.99, 1.01, 1.1, 2]) {
        assert.ok(exponent(h * hKl) < exponent(hKl) + 1e-12);
      }
    }),
    { numRuns: 50 },
  );
});

test("regimes, index and participation by the ratio to h_G", () => {
  const { hG, regime, stableIndex, participation } = kdeRegimes({ n: 1e5, d: 20 });
  assert.deepEqual(
    [0.9, 1.2, 1.5].map((r) => regime(r * hG)),
    ["condensed", "stable", "normal"],
  );
  near(stableIndex(0.5 * hG), 0.25, 1e-12);
  near(participation(0.5 * hG), 0.75, 1e-12);
  assert.equal(participation(2 * hG), 0);
});

test("scale, zeros and the query", () => {
  const plain = kdeRegimes({ n: 1e5, d: 3, spectrum: [3, 2, 1] });
  const scaled = kdeRegimes({ n: 1e5, d: 3, spectrum: [300, 200, 100] });
  near(scaled.hG, 10 * plain.hG, 1e-12);
  const flat = kdeRegimes({ n: 1e5, d: 5, spectrum: [3, 0, 2, 0, 1] });
  assert.equal(flat.d, 3);
  near(flat.hG, plain.hG, 1e-15);
  const root = [3, 2, 1].map(Math.sqrt);
  near(kdeRegimes({ n: 1e5, d: 3, spectrum: [3, 2, 1], query: root }).hG, plain.hG, 1e-12);
  const centre = kdeRegimes({ n: 1e5, d: 3, spectrum: [3, 2, 1], query: [0, 0, 0] });
  assert.ok(centre.hG < 0.9 * plain.hG); // more points are near the centre
});

test("bad input is named", () => {
  assert.throws(() => kdeRegimes({ n: 1, d: 3 }), { code: "ERR_DOMAIN", message: /infinite/ });
  assert.throws(() => kdeRegimes({ n: 10, d: 0 }), { code: "ERR_DOMAIN" });
  assert.throws(() => kdeRegimes({ n: 10, d: 2, spectrum: [1] }), { code: "ERR_SHAPE" });
  assert.throws(() => kdeRegimes({ n: 10, d: 2, spectrum: [1, -1] }), { code: "ERR_DOMAIN" });
  assert.throws(() => kdeRegimes({ n: 10, d: 1, spectrum: [0] }), { code: "ERR_DOMAIN" });
  assert.throws(() => kdeRegimes({ n: Number.NaN, d: 1 }), { code: "ERR_DOMAIN" });
  assert.throws(() => kdeRegimes({ n: 10, d: 1 }).regime(0), { code: "ERR_DOMAIN" });
});
