import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as bessel from "./index.ts";

/** Functions by their degree: f(c v, c x) = c^degree f(v, x) to rounding, for large arguments. */
const DEGREES = {
  logBesselI: 1,
  logBesselK: 1,
  logBesselIe: 1,
  logBesselKe: 1,
  besselIRatio: 0,
  besselKRatio: 0,
  dLogBesselI_dx: 0,
  dLogBesselK_dx: 0,
  dLogBesselI_dv: 0,
  dLogBesselK_dv: 0,
  d2LogBesselI_dx2: -1,
  d2LogBesselK_dx2: -1,
} as const;
const names = Object.keys(DEGREES) as (keyof typeof DEGREES)[];

const functions: Record<keyof typeof DEGREES, bessel.BesselFunction> = { ...bessel };

/** Both forms. */
const values = (name: keyof typeof DEGREES, v: number, x: number): number[] => {
  const f = functions[name];
  return [f(v, x), f(Float64Array.of(v), Float64Array.of(x))[0]!];
};
const close = (a: number, b: number, message: string, tolerance = 4e-15) =>
  assert.ok(a === b || Math.abs(a - b) <= tolerance * Math.abs(b), `${message}: ${a}, not ${b}`);

test("where v + R overflows the functions scale as they do below", () => {
  const far = fc.double({ min: 300.1, max: 308.25, noNaN: true }).map((e) => 10 ** e);
  const down = 2 ** -60;
  fc.assert(
    fc.property(far, far, (v, x) => {
      for (const name of names) {
        const here = values(name, v * down, x * down)[0]!;
        // the only zero, near x = 0.66 v, multiplies the rounding of v / x
        const tolerance = DEGREES[name] === 1 ? 1e-13 : 4e-15;
        for (const value of values(name, v, x)) {
          // not subnormal second derivatives, overflowing logarithms
          const size = Math.abs(here) / down ** DEGREES[name];
          if (size < 1e-300 || size > 1.79e308) continue;
          close(value * down ** DEGREES[name], here, `${name}(${v}, ${x})`, tolerance);
        }
      }
    }),
    { seed: 4, numRuns: 500 },
  );
});

test("v = x = 1e308, and R beyond the largest double, in closed form", () => {
  const root = Math.SQRT2;
  const asinh = Math.asinh(1);
  const expected = {
    logBesselI: 1e308 * (root - asinh),
    logBesselK: -1e308 * (root - asinh),
    logBesselIe: 1e308 * (root - 1 - asinh),
    logBesselKe: -1e308 * (root - 1 - asinh),
    besselIRatio: root - 1,
    besselKRatio: root + 1,
    dLogBesselI_dx: root,
    dLogBesselK_dx: -root,
    dLogBesselI_dv: -asinh,
    dLogBesselK_dv: asinh,
    d2LogBesselI_dx2: -1e-308 / root,
    d2LogBesselK_dx2: 1e-308 / root,
  };
  for (const name of names) {
    for (const value of values(name, 1e308, 1e308)) close(value, expected[name], name);
  }
  for (const value of values("logBesselI", 1.7e308, 1e308))
    close(value, -2.390864332974975e307, "I");
  for (const value of values("logBesselK", 1.7e308, 1e308))
    close(value, 2.390864332974975e307, "K");
  for (const value of values("d2LogBesselI_dx2", 1.7e308, 1)) close(value, -1.7e308, "d2");
  for (const value of values("dLogBesselK_dv", 1.7e308, 5e-324)) {
    close(value, Math.log(1.7e308) + Math.LN2 - Math.log(5e-324), "dK/dv");
  }
});

test("the second derivative of log I_v at subnormal arguments", () => {
  for (const x of [5e-324, 1e-310, 1e-160]) {
    for (const value of values("d2LogBesselI_dx2", 0, x)) assert.equal(value, 0.5);
  }
});
