import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as bessel from "./index.ts";

const {
  besselIRatio,
  besselKRatio,
  besselRegion,
  d2LogBesselI_dx2,
  d2LogBesselK_dx2,
  dLogBesselI_dv,
  dLogBesselI_dx,
  dLogBesselK_dv,
  dLogBesselK_dx,
  logBesselI,
  logBesselIe,
  logBesselK,
  logBesselKe,
} = bessel;

const close = (a: number, b: number, tolerance: number, message?: string) =>
  assert.ok(
    a === b || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b)),
    `${message}: ${a} and ${b}`,
  );

const order = fc.double({ min: 0, max: 1e6, noNaN: true });
const argument = fc.double({ min: 1e-300, max: 1e12, noNaN: true });

test("half-integer orders have closed forms", () => {
  for (const x of [1e-8, 0.1, 1, 3, 17, 100, 700, 1e5]) {
    const logSinh = x + Math.log(-Math.expm1(-2 * x)) - Math.LN2;
    close(logBesselI(0.5, x), logSinh + 0.5 * Math.log(2 / (Math.PI * x)), 4e-15, `I at ${x}`);
    close(logBesselK(0.5, x), 0.5 * Math.log(Math.PI / (2 * x)) - x, 4e-15, `K at ${x}`);
    close(besselKRatio(0.5, x), 1 + 1 / x, 4e-15, `ratio at ${x}`);
  }
});

test("limits at zero and infinity are values: the README's table", () => {
  const inf = Infinity;
  // v = 0 and v > 0 at x = 0, x = Infinity, v = Infinity
  const table = {
    logBesselI: [0, -inf, inf, -inf],
    logBesselIe: [0, -inf, -inf, -inf],
    logBesselK: [inf, inf, -inf, inf],
    logBesselKe: [inf, inf, -inf, inf],
    besselIRatio: [0, 0, 1, 0],
    besselKRatio: [inf, inf, 1, inf],
    dLogBesselI_dx: [0, inf, 1, inf],
    dLogBesselK_dx: [-inf, -inf, -1, -inf],
    dLogBesselI_dv: [-inf, -inf, 0, -inf],
    dLogBesselK_dv: [0, inf, 0, inf],
    d2LogBesselI_dx2: [0.5, -inf, 0, -inf],
    d2LogBesselK_dx2: [inf, inf, 0, inf],
  };
  const functions: Record<keyof typeof table, bessel.BesselFunction> = { ...bessel };
  for (const [name, expected] of Object.entries(table)) {
    const f = functions[name as keyof typeof table];
    assert.deepEqual([f(0, 0), f(3, 0), f(3, inf), f(inf, 3)], expected, name);
    const v = Float64Array.of(0, 3, 3, inf);
    assert.deepEqual([...f(v, Float64Array.of(0, 0, inf, 3))], expected, `${name}, array`);
    assert.throws(() => f(inf, inf), { code: "ERR_DOMAIN" });
  }
  assert.equal(dLogBesselK_dv(0, 3), 0);
});

test("the log of I_0 keeps its digits where it is tiny", () => {
  for (const x of [1e-3, 1e-6, 1e-20, 1e-150]) {
    const q = (x * x) / 4;
    assert.ok(
      Math.abs(logBesselI(0, x) - (q - (q * q) / 4 + (q * q * q) / 9)) <= 4e-16 * q,
      `x = ${x}`,
    );
  }
});

test("the second derivative of log K does not cancel at small arguments", () => {
  // mpmath, 20 digits
  for (const [v, x, want] of [
    [15.527459532814243, 0.43546397554625876, 81.84902097342513],
    [11.189473229604388, 0.23817812514054407, 197.19590386921863],
    [7.983671131476673, 0.0030269330804985404, 871358.6842646102],
  ] as const) {
    const got = d2LogBesselK_dx2(v, x);
    assert.ok(Math.abs(got / want - 1) <= 5e-16, `${got} for ${want}`);
  }
});

test("symmetry: K is even in v, I in integer v", () => {
  assert.equal(logBesselK(-2.5, 3), logBesselK(2.5, 3));
  assert.equal(logBesselI(-4, 3), logBesselI(4, 3));
  assert.equal(dLogBesselI_dx(-4, 3), dLogBesselI_dx(4, 3));
});

test("no input of the domain gives NaN, and the scaled forms agree", () => {
  const all = Object.entries(bessel).filter(([name]) => !/Region|Gpu/.test(name)) as [
    string,
    bessel.BesselFunction,
  ][];
  const any = fc.double({ min: 0, max: Number.MAX_VALUE, noNaN: true });
  fc.assert(
    fc.property(any, any, (v, x) => {
      for (const [name, f] of all)
        assert.ok(!Number.isNaN(f(v, x) as number), `${name}(${v}, ${x})`);
    }),
    { seed: 1, numRuns: 3000 },
  );
  fc.assert(
    fc.property(order, argument, (v, x) => {
      close(logBesselIe(v, x) + x, logBesselI(v, x), 1e-14 + (x * 4e-16) / Math.max(1, x), "Ie");
      close(logBesselKe(v, x) - x, logBesselK(v, x), 1e-14, "Ke");
    }),
    { seed: 2 },
  );
});

test("the Wronskian: I_v K_{v+1} + I_{v+1} K_v = 1/x", () => {
  fc.assert(
    fc.property(order, argument, (v, x) => {
      const product = logBesselIe(v, x) + logBesselKe(v, x) + Math.log(x);
      const sum = Math.log(besselKRatio(v, x) + besselIRatio(v, x));
      const size = Math.max(1, Math.abs(logBesselIe(v, x)), sum);
      assert.ok(Math.abs(product + sum) <= 4e-15 * size, `${product} ${sum} at ${v}, ${x}`);
    }),
    { seed: 3, numRuns: 2000 },
  );
});

test("arrays are elementwise, numbers go with any length, and out is filled and returned", () => {
  const v = Float64Array.of(0, 1.5, 2048);
  const x = Float64Array.of(0, 2, 500);
  const out = new Float64Array(3);
  assert.equal(logBesselI(v, x, out), out);
  for (const [name, f] of Object.entries(bessel)) {
    if (/Region|Gpu/.test(name)) continue;
    const g = f as bessel.BesselFunction;
    const y = g(v, x);
    const z = g(2.5, x);
    for (let i = 0; i < 3; i++) {
      close(y[i]!, g(v[i]!, x[i]!), 1e-14, name);
      close(z[i]!, g(2.5, x[i]!), 1e-14, name);
    }
  }
  assert.equal(logBesselI(new Float64Array(0), 1).length, 0);
});

test("bad input throws at the door, and names the function and the index", () => {
  const domain = { code: "ERR_DOMAIN" };
  assert.throws(() => logBesselI(1, Number.NaN), { ...domain, message: /logBesselI: x .* NaN/ });
  assert.throws(() => logBesselI(Number.NaN, 1), domain);
  assert.throws(() => logBesselI(1, -1), domain);
  assert.throws(() => logBesselI(-0.5, 1), domain);
  assert.throws(() => besselKRatio(-1, 1), domain);
  assert.throws(() => dLogBesselI_dv(-1, 1), domain);
  assert.throws(() => logBesselK(Infinity, Infinity), domain);
  assert.throws(() => logBesselI("1" as unknown as number, 1), { code: "ERR_TYPE" });
  assert.throws(() => logBesselI([1] as unknown as number, 1), { code: "ERR_TYPE" });
  const out = Float64Array.of(7, 7, 7);
  assert.throws(() => logBesselI(Float64Array.of(1, 2, -0.5), Float64Array.of(1, 1, 1), out), {
    ...domain,
    message: /got -0.5 at index 2/,
  });
  assert.deepEqual([...out], [7, 7, 7]);
  assert.throws(() => logBesselI(new Float64Array(2), new Float64Array(3)), { code: "ERR_SHAPE" });
  assert.throws(
    () => logBesselI(1, 1, new Float64Array(2)) && logBesselI(out, 1, new Float64Array(2)),
    {
      code: "ERR_SHAPE",
    },
  );
});

test("derivatives are the slopes of the functions", () => {
  const h = 1e-5;
  for (const v of [0.3, 4.2, 30, 400]) {
    for (const x of [0.7, 9, 60, 900]) {
      const slope = (f: (t: number) => number, at: number) => (f(at + h) - f(at - h)) / (2 * h);
      close(
        dLogBesselI_dx(v, x),
        slope((t) => logBesselI(v, t), x),
        1e-7,
        "dI/dx",
      );
      close(
        dLogBesselK_dx(v, x),
        slope((t) => logBesselK(v, t), x),
        1e-7,
        "dK/dx",
      );
      close(
        dLogBesselI_dv(v, x),
        slope((t) => logBesselI(t, x), v),
        1e-7,
        "dI/dv",
      );
      close(
        dLogBesselK_dv(v, x),
        slope((t) => logBesselK(t, x), v),
        1e-7,
        "dK/dv",
      );
      close(
        d2LogBesselI_dx2(v, x),
        slope((t) => dLogBesselI_dx(v, t), x),
        1e-7,
        "d2I/dx2",
      );
      close(
        d2LogBesselK_dx2(v, x),
        slope((t) => dLogBesselK_dx(v, t), x),
        1e-7,
        "d2K/dx2",
      );
    }
  }
});

test("the paper's table: first true row wins", () => {
  const cases: [number, number, string][] = [
    [1, 1500, "mu_3"],
    [5, 1e6, "mu_3"],
    [2, 31, "mu_20"],
    [163.7, 5000, "mu_20"],
    [200, 10, "U_4"],
    [60, 10, "U_6"],
    [21, 1, "U_9"],
    [13, 1, "U_13"],
    [1, 20, "U_13"],
    [0, 20, "fallback"],
    [3, 3, "fallback"],
  ];
  for (const [v, x, region] of cases) assert.equal(besselRegion(v, x), region, `${v}, ${x}`);
});
