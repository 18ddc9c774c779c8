import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng, ThreadPool } from "@daily-kernel/compute";
import { fftbr } from "./fftbr.ts";
import { fwht } from "./fwht.ts";

// In a process of its own: the table of twiddles must not have been larger before.
test("a larger transform beside one on a pool leaves that one its table", async () => {
  await using pool = await ThreadPool.create({ threads: 2 });
  const n = 2 ** 10;
  const y = new Rng(1).fillNormal(new Float64Array(2048 * n));
  const promise = fftbr(y, { n, pool });
  for (let m = 11; m < 15; m++) {
    fftbr(new Float64Array(2 ** m));
    for (let i = 0; i < 3; i++) await null;
    // Writes to what has become free.
    for (let k = 6; k < 10; k++) fwht(new Float64Array(2 ** k).fill(7));
  }
  const found = await promise;
  const expected = fftbr(y, { n });
  assert.equal(
    found.re.findIndex((v, i) => v !== expected.re[i]),
    -1,
  );
  assert.equal(
    found.im.findIndex((v, i) => v !== expected.im[i]),
    -1,
  );
});
