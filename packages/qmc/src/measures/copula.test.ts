import assert from "node:assert/strict";
import { test } from "node:test";
import { exponential, normal, TestSequence, uniform } from "./fixture.ts";
import * as m from "./index.ts";

const sequence = (d: number) => new TestSequence(d);

/** Kendall's tau of the first two columns of n rows. */
function tau(v: Float64Array, n: number, d: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) {
      sum += Math.sign((v[i * d]! - v[k * d]!) * (v[i * d + 1]! - v[k * d + 1]!));
    }
  }
  return (2 * sum) / (n * (n - 1));
}

const correlation = [
  [1, 0.5],
  [0.5, 1],
];
const tauOfHalf = (2 / Math.PI) * Math.asin(0.5);

const known: [name: string, copula: m.Copula, tau: number][] = [
  ["Gaussian", new m.GaussianCopula(sequence(2), { marginals: uniform, correlation }), tauOfHalf],
  [
    "Student",
    new m.StudentTCopula(sequence(2), { marginals: uniform, correlation, degreesOfFreedom: 3 }),
    tauOfHalf,
  ],
  ["Clayton", new m.ClaytonCopula(sequence(2), { marginals: uniform, theta: 3 }), 3 / 5],
  ["Gumbel", new m.GumbelCopula(sequence(2), { marginals: uniform, theta: 4 }), 3 / 4],
  // 1 - 4 (1 - D_1(theta)) / theta with Debye's function D_1, mpmath
  ["Frank", new m.FrankCopula(sequence(2), { marginals: uniform, theta: 5 }), 0.456700958],
  ["Frank < 0", new m.FrankCopula(sequence(2), { marginals: uniform, theta: -5 }), -0.456700958],
];

for (const [name, copula, expected] of known) {
  test(`${name}: the rank correlation is that of the family, and the marginals are uniform`, () => {
    const n = 1500;
    const { data } = copula.copulaPoints({ nMax: n });
    assert.ok(Math.abs(tau(data, n, 2) - expected) < 0.02, `${tau(data, n, 2)}, not ${expected}`);
    for (let j = 0; j < 2; j++) {
      const column = data.filter((_, k) => k % 2 === j).sort();
      const distance = column.map((v, i) => Math.abs(v - i / n)).reduce((a, b) => Math.max(a, b));
      assert.ok(distance < 0.02, `Kolmogorov distance ${distance}`);
    }
  });
}

test("later coordinates of an Archimedean copula are exchangeable with the first ones", () => {
  const copulas = [
    new m.ClaytonCopula(sequence(6), { marginals: uniform, theta: 3 }),
    new m.GumbelCopula(sequence(6), { marginals: uniform, theta: 2.5 }),
    new m.FrankCopula(sequence(6), { marginals: uniform, theta: 7.93 }),
  ];
  for (const copula of copulas) {
    const n = 1000;
    const { data } = copula.copulaPoints({ nMax: n });
    const last = data.filter((_, k) => k % 6 >= 4);
    assert.ok(
      Math.abs(tau(last, n, 2) - 0.6) < 0.04,
      `${copula.constructor.name} ${tau(last, n, 2)}`,
    );
  }
});

test("strong dependence leaves no gaps: finite, monotone in the last coordinate", () => {
  const d = 5;
  for (const theta of [1.001, 3, 30, 300]) {
    const copulas = [
      new m.ClaytonCopula(sequence(d), { marginals: uniform, theta }),
      new m.GumbelCopula(sequence(d), { marginals: uniform, theta }),
      new m.FrankCopula(sequence(d), { marginals: uniform, theta }),
    ];
    for (const copula of copulas) {
      for (const start of [0, 1e-10, 0.3, 0.999999, 1]) {
        let before = 0;
        for (const last of [0, 1e-12, 0.01, 0.5, 0.9, 1 - 1e-12, 1]) {
          const u = new Float64Array(d).fill(0.5);
          u[0] = start;
          u[d - 1] = last;
          const v = copula.copulaTransform(u, 1);
          for (const x of v) assert.ok(x > 0 && x < 1, `${copula.constructor.name} ${theta}: ${v}`);
          assert.ok(v[d - 1]! >= before * (1 - 1e-14), `${copula.constructor.name} ${theta}: ${v}`);
          before = v[d - 1]!;
        }
      }
    }
  }
});

test("the marginals come on top of the copula's points", () => {
  const marginals = [normal, exponential];
  const copula = new m.ClaytonCopula(sequence(2), { marginals, theta: 2 });
  const v = copula.copulaPoints({ nMax: 16 }).data;
  const { data } = copula.points({ nMax: 16 });
  for (const [k, p] of v.entries()) assert.equal(data[k], marginals[k % 2]!.quantile(p));
  assert.deepEqual([...copula.range], [-Infinity, Infinity, 0, Infinity]);
  const silent = new m.ClaytonCopula(sequence(2), {
    marginals: { quantile: normal.quantile, pdf: normal.pdf! },
    theta: 2,
  });
  assert.throws(() => silent.weight(data, 16), {
    code: "ERR_UNSUPPORTED",
    message: /ClaytonCopula.weight: marginals\[0\] has no cdf/,
  });
});

test("bad parameters are named", () => {
  const bad = (make: () => unknown, code: string, message: RegExp) =>
    assert.throws(make, (error: Error & { code: string }) => {
      assert.equal(error.code, code);
      assert.match(error.message, message);
      return true;
    });
  const [two, three] = [sequence(2), sequence(3)];
  const marginals = uniform;
  bad(() => new m.ClaytonCopula(two, { marginals, theta: 0 }), "ERR_DOMAIN", /theta .* > 0, got 0/);
  bad(() => new m.GumbelCopula(two, { marginals, theta: 0.9 }), "ERR_DOMAIN", />= 1, got 0.9/);
  bad(() => new m.FrankCopula(two, { marginals, theta: 0 }), "ERR_DOMAIN", /not 0, got 0/);
  bad(() => new m.FrankCopula(three, { marginals, theta: -1 }), "ERR_DOMAIN", /got -1 for 3/);
  const wide = [
    [1, 1],
    [1, 1],
  ];
  bad(
    () => new m.GaussianCopula(two, { marginals, correlation: wide }),
    "ERR_DOMAIN",
    /correlation must be positive definite/,
  );
  const scaled = [
    [2, 0],
    [0, 1],
  ];
  bad(
    () => new m.GaussianCopula(two, { marginals, correlation: scaled }),
    "ERR_DOMAIN",
    /ones on its diagonal, got 2 at 0/,
  );
  bad(
    () => new m.StudentTCopula(two, { marginals, correlation, degreesOfFreedom: -1 }),
    "ERR_DOMAIN",
    /degreesOfFreedom/,
  );
  bad(
    () => new m.GaussianCopula(three, { marginals: [uniform], correlation }),
    "ERR_SHAPE",
    /there must be 3 marginals, got 1/,
  );
});
