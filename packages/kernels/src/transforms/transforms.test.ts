import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng, ThreadPool } from "@daily-kernel/compute";
import fc from "fast-check";
import type { ComplexArray } from "./complex.ts";
import { fftbr, ifftbr } from "./fftbr.ts";
import { fwht } from "./fwht.ts";
import { fftbrReference, fwhtReference } from "./reference.ts";

const random = (n: number, seed = 1) => new Rng(seed).fillNormal(new Float64Array(n));
const randomComplex = (n: number, seed = 1): ComplexArray => ({
  re: random(n, seed),
  im: random(n, seed + 1000),
});

function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < actual.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!);
    assert.ok(error <= tolerance, `element ${i}: ${actual[i]} is not ${expected[i]}`);
  }
}

function assertCloseComplex(actual: ComplexArray, expected: ComplexArray, tolerance: number) {
  assertClose(actual.re, expected.re, tolerance);
  assertClose(actual.im, expected.im, tolerance);
}

/** QMCPy 2.4: i = np.arange(8); y = np.sin(1 + i*i); z = y + 1j*np.cos(2 + 3*i). */
const y8 = Float64Array.from({ length: 8 }, (_, i) => Math.sin(1 + i * i));
const z8 = { re: y8, im: Float64Array.from({ length: 8 }, (_, i) => Math.cos(2 + 3 * i)) };

test("fwht, fftbr and ifftbr give QMCPy's values", () => {
  assertClose(
    fwht(y8),
    [
      -0.3029701542890943, -0.9149427274128568, 1.4003499359038578, -0.3520387469906816,
      0.47820749656518924, 0.57360134967814, 0.9003731541266544, 0.597459050536334,
    ],
    1e-15,
  );
  assertCloseComplex(
    fftbr(z8),
    {
      re: Float64Array.of(
        ...[-0.30297015428909424, -0.07448127543612168, 1.1455266453623318, 0.7029285575446997],
        ...[0.47820749656518957, -0.07949276328618736, 1.1551964446681808, -0.6448755930114549],
      ),
      im: Float64Array.of(
        ...[-0.1897648557292817, 0.29329674185178134, -0.24695147872583295, 0.26442316415527634],
        ...[-0.0036705589653972777, -0.49475560621065434, 0.25302530305137033, -1.0526437097945185],
      ),
    },
    1e-15,
  );
  assertCloseComplex(
    ifftbr(z8),
    {
      re: Float64Array.of(
        ...[-0.30297015428909435, -0.9149427274128569, 0.33433059770856144, 0.7139805912046149],
        ...[0.6662063375292817, 1.0000558416816574, 0.06057206700574173, 0.8228068046896378],
      ),
      im: Float64Array.of(
        ...[-0.1897648557292817, 0.17786595249270606, 0.6845713572090873, -1.0678173256854524],
        ...[-0.3353149906799906, -0.278644752856997, -0.12308671406684843, -0.044849671050480024],
      ),
    },
    1e-15,
  );
});

test("fwht is the scalar reference bit for bit at every size, and its own inverse", () => {
  for (let m = 0; m <= 20; m++) {
    const y = random(2 ** m, m);
    const transformed = fwht(y);
    assert.deepEqual(transformed, fwhtReference(y), `m = ${m}`);
    assertClose(fwht(transformed), y, 1e-13);
  }
});

test("fftbr is the scalar reference to rounding at every size, and ifftbr its inverse", () => {
  for (let m = 0; m <= 19; m++) {
    const y = randomComplex(2 ** m, m);
    const transformed = fftbr(y);
    assertCloseComplex(transformed, fftbrReference(y), 2e-14);
    assertCloseComplex(ifftbr(transformed), y, 1e-14);
  }
});

test("fftbr is the Fourier sum over bit-reversed numbers", () => {
  const [m, n] = [7, 128];
  const y = randomComplex(n);
  const reversed = (i: number) =>
    Number.parseInt([...i.toString(2).padStart(m, "0")].reverse().join(""), 2);
  const sum = { re: new Float64Array(n), im: new Float64Array(n) };
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) {
      const angle = (-2 * Math.PI * ((k * reversed(i)) % n)) / n;
      const [c, s] = [Math.cos(angle) / Math.sqrt(n), Math.sin(angle) / Math.sqrt(n)];
      sum.re[k]! += c * y.re[i]! - s * y.im[i]!;
      sum.im[k]! += c * y.im[i]! + s * y.re[i]!;
    }
  }
  assertCloseComplex(fftbr(y), sum, 1e-13);
});

test("several transforms in one call are the single ones; real input is complex with zeros", () => {
  const powers = fc.record({
    m: fc.integer({ min: 0, max: 9 }),
    rows: fc.integer({ min: 1, max: 4 }),
  });
  fc.assert(
    fc.property(powers, ({ m, rows }) => {
      const n = 2 ** m;
      const { re, im } = randomComplex(n * rows);
      const walsh = fwht(re, { n });
      const fourier = fftbr({ re, im }, { n });
      const back = ifftbr({ re, im }, { n });
      for (let r = 0; r < rows; r++) {
        const [from, to] = [r * n, (r + 1) * n];
        const row = { re: re.slice(from, to), im: im.slice(from, to) };
        assert.deepEqual(walsh.slice(from, to), fwht(row.re));
        assert.deepEqual(fourier.re.slice(from, to), fftbr(row).re);
        assert.deepEqual(fourier.im.slice(from, to), fftbr(row).im);
        assert.deepEqual(back.im.slice(from, to), ifftbr(row).im);
      }
      assert.deepEqual(fftbr(re, { n }), fftbr({ re, im: new Float64Array(n * rows) }, { n }));
    }),
    { numRuns: 30 },
  );
});

test("out may be the input itself", () => {
  const y = randomComplex(64);
  const expected = fftbr(y);
  const walsh = fwht(y.re);
  const real = y.re.slice();
  assert.equal(fwht(real, { out: real }), real);
  assert.deepEqual(real, walsh);
  assert.equal(fftbr(y, { out: y }), y);
  assert.deepEqual(y, expected);
});

test("a pool gives the same bits, for one large transform and for many", async () => {
  await using pool = await ThreadPool.create({ threads: 2 });
  for (const [m, rows] of [
    [17, 1],
    [16, 1],
    [12, 5],
    [3, 2],
  ] as const) {
    const n = 2 ** m;
    const y = randomComplex(n * rows);
    const steps: number[][] = [];
    const onProgress = (done: number, total: number) => void steps.push([done, total]);
    assert.deepEqual(await fwht(y.re, { n, pool, onProgress }), fwht(y.re, { n }));
    assert.equal(steps.at(-1)![0], steps.at(-1)![1]);
    assert.deepEqual(await fftbr(y, { n, pool }), fftbr(y, { n }));
    assert.deepEqual(await ifftbr(y, { n, pool }), ifftbr(y, { n }));
  }
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(fwht(new Float64Array(8), { pool, signal }), /enough/);
});

test("a million small transforms on a pool take no more memory than their numbers", async () => {
  await using pool = await ThreadPool.create({ threads: 2 });
  const y = random(2 ** 20);
  for (const n of [1, 2, 4]) {
    assert.deepEqual(await fwht(y, { pool, n }), fwht(y, { n }));
    const forward = await fftbr(y, { pool, n });
    assert.deepEqual(forward, fftbr(y, { n }));
    assert.deepEqual(await ifftbr(forward, { pool, n }), ifftbr(forward, { n }));
  }
});

test("what is thrown without a pool rejects with one; options that are no object throw", async () => {
  await using pool = await ThreadPool.create({ threads: 1 });
  for (const f of [fwht, fftbr, ifftbr] as unknown as ((y: unknown, o: object) => unknown)[]) {
    for (const [y, options, code] of [
      [null, { pool }, "ERR_TYPE"],
      [[1, 2, 3], { pool }, "ERR_DOMAIN"],
      [[1, 2, 3, 4], { pool, out: 3 }, "ERR_TYPE"],
      [[1, 2], { pool: 3 }, "ERR_TYPE"],
    ] as const) {
      const promise = f(y, options);
      assert.ok(promise instanceof Promise);
      await assert.rejects(promise, { code });
    }
    assert.throws(() => f([1, 2], null as never), { code: "ERR_TYPE" });
    assert.throws(() => f([1, 2], 3 as never), { code: "ERR_TYPE" });
  }
});

test("real and imaginary parts of a result cannot share memory", () => {
  const q = new Float64Array(8);
  const y = random(4);
  const code = "ERR_DOMAIN";
  const same = q.subarray(0, 4);
  assert.throws(() => fftbr(y, { out: { re: same, im: same } }), { code });
  assert.throws(() => ifftbr(y, { out: { re: q.subarray(0, 4), im: q.subarray(3, 7) } }), { code });
  const out = { re: q.subarray(4), im: q.subarray(0, 4) };
  assert.deepEqual(Array.from(fftbr(y, { out }).re), Array.from(fftbr(y).re));
});

test("bad input is refused by name", () => {
  const throws = (run: () => unknown, code: string, message: RegExp) =>
    assert.throws(run, (error: Error & { code?: string }) => {
      assert.equal(error.code, code);
      assert.match(error.message, message);
      return true;
    });
  throws(() => fwht(new Float64Array(12)), "ERR_DOMAIN", /fwht: n must be a power of two.*got 12/);
  throws(() => fwht(new Float64Array(0)), "ERR_DOMAIN", /got 0/);
  throws(() => fwht(new Float64Array(12), { n: 8 }), "ERR_SHAPE", /12 numbers.*n = 8/);
  throws(() => fwht("abc" as never), "ERR_TYPE", /fwht: y must be/);
  throws(() => fftbr({ re: [1, 2], im: [1] }), "ERR_SHAPE", /got 2 and 1/);
  throws(
    () => fftbr([1, 2], { out: { re: new Float64Array(2), im: new Float64Array(1) } }),
    "ERR_SHAPE",
    /out.im must have 2/,
  );
  throws(() => ifftbr([1, 2], { n: "2" as never }), "ERR_TYPE", /options.n/);
  throws(() => ifftbr(null as never), "ERR_TYPE", /ifftbr: y must be/);
});
