import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { fromJax, toJax } from "@daily-kernel/nn";
import { fftbr, fwht } from "./index.ts";
import { fourierBitReversed, walshHadamard } from "./jax.ts";

const rows = 3;
const n = 8;
const draw = (seed: number) => ({
  data: new Rng(seed).fillNormal(new Float32Array(rows * n)),
  shape: [rows, n],
});
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);
const close = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  assert.ok(Array.from(a).every((value, i) => Math.abs(value - b[i]!) < 1e-6));

test("walshHadamard: the transform of every row, and its gradient", async () => {
  const [x, ct] = [draw(1), draw(2)];
  const { data, shape } = await fromJax(await walshHadamard.forward(toJax(x)));
  assert.deepEqual(shape, [rows, n]);
  close(data, fwht(x.data, { n }));
  // <ct, W x> = <W^T ct, x>
  const back = await fromJax(await walshHadamard.vjp(toJax(ct)));
  assert.ok(Math.abs(dot(ct.data, data) - dot(back.data, x.data)) < 1e-5);
});

test("fourierBitReversed: forward, gradient and inverse", async () => {
  const [re, im, ctRe, ctIm] = [draw(3), draw(4), draw(5), draw(6)];
  const pair = () => ({ re: toJax(re), im: toJax(im) });
  const forward = await fourierBitReversed.forward(pair());
  const [fRe, fIm] = [await fromJax(forward.re.ref), await fromJax(forward.im.ref)];
  const expected = fftbr({ re: re.data, im: im.data }, { n });
  close(fRe.data, expected.re);
  close(fIm.data, expected.im);
  const back = await fourierBitReversed.vjp({ re: toJax(ctRe), im: toJax(ctIm) });
  const [bRe, bIm] = [await fromJax(back.re), await fromJax(back.im)];
  const left = dot(ctRe.data, fRe.data) + dot(ctIm.data, fIm.data);
  assert.ok(Math.abs(left - dot(bRe.data, re.data) - dot(bIm.data, im.data)) < 1e-5);
  const again = await fourierBitReversed.inverse(forward);
  close((await fromJax(again.re)).data, re.data);
  close((await fromJax(again.im)).data, im.data);
});
