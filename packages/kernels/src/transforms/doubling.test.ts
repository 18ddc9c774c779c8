import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { doubleTransform, omegaFftbr, omegaFwht } from "./doubling.ts";
import { fftbr } from "./fftbr.ts";
import { fwht } from "./fwht.ts";

const largest = (a: Float64Array, b: Float64Array) =>
  a.reduce((most, v, i) => Math.max(most, Math.abs(v - b[i]!)), 0);

test("doubling joins the transforms of two halves into that of the whole", () => {
  for (const m of [0, 1, 5, 12]) {
    const n = 2 ** m;
    const rng = new Rng(m);
    const [re, im] = [
      rng.fillNormal(new Float64Array(2 * n)),
      rng.fillNormal(new Float64Array(2 * n)),
    ];
    const walsh = doubleTransform("fwht", fwht(re.slice(0, n)), fwht(re.slice(n)));
    assert.ok(largest(walsh, fwht(re)) < 1e-14);
    const half = (from: number, to: number) =>
      fftbr({ re: re.slice(from, to), im: im.slice(from, to) });
    const fourier = doubleTransform("fftbr", half(0, n), half(n, 2 * n));
    const whole = fftbr({ re, im });
    assert.ok(largest(fourier.re, whole.re) < 1e-14);
    assert.ok(largest(fourier.im, whole.im) < 1e-14);
  }
});

test("omega is exp(-i pi k / n), exact where the unit circle crosses the axes", () => {
  const { re, im } = omegaFftbr(4);
  for (let k = 0; k < 16; k++) {
    assert.ok(Math.abs(re[k]! - Math.cos((Math.PI * k) / 16)) < 4e-16);
    assert.ok(Math.abs(im[k]! + Math.sin((Math.PI * k) / 16)) < 4e-16);
  }
  assert.deepEqual([re[0]! + 0, re[8]! + 0, im[0]! + 0, im[8]], [1, 0, 0, -1]);
  assert.deepEqual(omegaFwht(2), Float64Array.of(1, 1, 1, 1));
});

test("bad input is refused by name", () => {
  const one = Float64Array.of(1);
  const two = Float64Array.of(1, 2);
  assert.throws(() => omegaFftbr(-1), /omegaFftbr: m must be an integer in 0..24, got -1/);
  assert.throws(() => omegaFwht(1.5), { code: "ERR_DOMAIN" });
  assert.throws(() => doubleTransform("fwht", one, two), /got 1 and 2/);
  assert.throws(() => doubleTransform("fft" as never, one, one), /kind must be.*got "fft"/);
  assert.throws(() => doubleTransform("fwht", one, ["1"] as never), { code: "ERR_TYPE" });
});

test("bad halves are refused by their names", () => {
  const half = { re: new Float64Array(2), im: new Float64Array(2) };
  assert.throws(() => doubleTransform("fftbr", half, null as never), {
    code: "ERR_TYPE",
    message: /doubleTransform: second must be an object/,
  });
  assert.throws(() => doubleTransform("fftbr", { re: half.re } as never, half), {
    code: "ERR_TYPE",
    message: /doubleTransform: first\.im must be/,
  });
});
