import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as bessel from "./index.ts";

/** Rows of reference-data/generate.py: v, x, and eight values as 20-digit decimals. */
type Row = [v: number, x: number, ...values: string[]];
const rows: Row[] = JSON.parse(
  readFileSync(new URL("../../reference-data/bessel.json", import.meta.url), "utf8"),
);
const v = Float64Array.from(rows, (row) => row[0]);
const x = Float64Array.from(rows, (row) => row[1]);

/** Largest error over all rows: |difference| / max(1, |value|), or / |value| where relative. */
function worst(values: ArrayLike<number>, at: number, relative: boolean) {
  let most = { error: 0, v: 0, x: 0 };
  rows.forEach((row, i) => {
    const want = Number(row[at + 2]);
    if (values[i] === want) return;
    const error =
      Math.abs(values[i]! - want) / (relative ? Math.abs(want) : Math.max(1, Math.abs(want)));
    assert.ok(!Number.isNaN(error), `${values[i]} for ${want} at ${row[0]}, ${row[1]}`);
    if (error > most.error) most = { error, v: row[0], x: row[1] };
  });
  return most;
}

const cases: [
  name: string,
  f: bessel.BesselFunction,
  column: number,
  bound: number,
  relative: boolean,
][] = [
  ["log I", bessel.logBesselI, 0, 4e-15, false],
  ["log K", bessel.logBesselK, 1, 4e-15, false],
  ["I ratio", bessel.besselIRatio, 2, 2e-15, true],
  ["K ratio", bessel.besselKRatio, 3, 4e-15, true],
  ["d/dv log I", bessel.dLogBesselI_dv, 4, 4e-15, false],
  ["d/dv log K", bessel.dLogBesselK_dv, 5, 4e-15, false],
  ["d2/dx2 log I", bessel.d2LogBesselI_dx2, 6, 5e-15, false],
  ["d2/dx2 log K", bessel.d2LogBesselK_dx2, 7, 5e-15, false],
];

test("there are at least 1500 reference points", () => assert.ok(rows.length >= 1500));

for (const [name, f, column, bound, relative] of cases) {
  test(`${name} on the reference points, scalar and array`, () => {
    const scalar = worst(
      Float64Array.from(v, (order, i) => f(order, x[i]!)),
      column,
      relative,
    );
    assert.ok(scalar.error <= bound, `scalar: ${scalar.error} at ${scalar.v}, ${scalar.x}`);
    const array = worst(f(v, x), column, relative);
    assert.ok(array.error <= bound, `array: ${array.error} at ${array.v}, ${array.x}`);
  });
}

test("scaled forms and derivatives in x follow from the reference values", () => {
  rows.forEach((row, i) => {
    const [order, argument] = [row[0], row[1]];
    const [logI, logK, up, upK] = row.slice(2).map(Number) as [number, number, number, number];
    const scale = 4e-15 * Math.max(1, Math.abs(logI), Math.abs(logK), argument);
    assert.ok(
      Math.abs(bessel.logBesselIe(order, argument) - (logI - argument)) <= scale,
      `Ie ${i}`,
    );
    assert.ok(
      Math.abs(bessel.logBesselKe(order, argument) - (logK + argument)) <= scale,
      `Ke ${i}`,
    );
    const slope = bessel.dLogBesselI_dx(order, argument);
    assert.ok(Math.abs(slope - (order / argument + up)) <= 4e-15 * slope, `dI/dx ${i}`);
    const fall = bessel.dLogBesselK_dx(order, argument);
    assert.ok(Math.abs(fall - (order / argument - upK)) <= 4e-15 * upK, `dK/dx ${i}`);
  });
});
