import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Rng } from "./rng.ts";

const draw = <T>(n: number, next: () => T): T[] => Array.from({ length: n }, next);

test("the words of an integer stream are the published ones", () => {
  assert.deepEqual(
    [...new Rng(0).fillUint32(new Uint32Array(4))],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  );
  const all = new Rng(0xffff_ffff_ffff_ffffn, 0x0370_7344_1319_8a2en);
  assert.notDeepEqual(
    draw(4, () => all.uint32()),
    draw(4, () => all.uint32()),
  );
});

test("fill forms continue the scalar sequence from any position", () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.nat(9),
      fc.array(fc.tuple(fc.nat(3), fc.nat(3000)), { maxLength: 4 }),
      (seed, skip, steps) => {
        const a = new Rng(seed);
        const b = new Rng(seed);
        a.skip(skip);
        for (let i = 0; i < skip; i++) b.uint32();
        for (const [kind, n] of steps) {
          if (kind === 0)
            assert.deepEqual(
              [...a.fillUint32(new Uint32Array(n))],
              draw(n, () => b.uint32()),
            );
          if (kind === 1)
            assert.deepEqual(
              [...a.fillUniform(new Float64Array(n))],
              draw(n, () => b.uniform()),
            );
          if (kind === 2)
            assert.deepEqual(
              [...a.fillNormal(new Float64Array(n))],
              draw(n, () => b.normal()),
            );
          if (kind === 3)
            assert.deepEqual(
              [...a.fillExponential(new Float64Array(n))],
              draw(n, () => b.exponential()),
            );
        }
        assert.equal(a.uint32(), b.uint32());
      },
    ),
    { numRuns: 60 },
  );
});

test("single-precision fills are the rounded doubles, and uniforms stay below 1", () => {
  const n = 1001;
  const doubles = new Rng(3).fillNormal(new Float64Array(n));
  assert.deepEqual(new Rng(3).fillNormal(new Float32Array(n)), Float32Array.from(doubles));
  const uniforms = new Rng(3).fillUniform(new Float64Array(n));
  assert.deepEqual(
    new Rng(3).fillUniform(new Float32Array(n)),
    Float32Array.from(uniforms, (u) => Math.floor(u * 2 ** 24) / 2 ** 24),
  );
});

test("skip jumps as far as the same number of draws, also beyond 2^32 blocks", () => {
  fc.assert(
    fc.property(fc.nat(40), fc.nat(40), (first, second) => {
      const a = new Rng(5);
      const b = new Rng(5);
      for (let i = 0; i < first; i++) a.uint32();
      a.skip(second);
      b.skip(first + second);
      assert.equal(a.uint32(), b.uint32());
    }),
  );
  const far = new Rng(0);
  far.skip(4 * 2 ** 40 + 1);
  const again = new Rng(0);
  for (let i = 0; i < 4; i++) again.skip(2 ** 40);
  again.skip(1);
  assert.equal(far.uint32(), again.uint32());
  assert.notEqual(far.uint32(), new Rng(0).uint32());
});

test("fill forms agree with scalars where the block counter passes 32 bits", () => {
  for (const block of [2 ** 32 - 300, 2 ** 32, 2 ** 33 + 2 ** 31, 3 * 2 ** 32 - 500]) {
    const a = new Rng(2n ** 63n + 12345n, 2n ** 64n - 2n);
    const b = new Rng(2n ** 63n + 12345n, 2n ** 64n - 2n);
    for (const rng of [a, b]) rng.skip(4 * block);
    assert.deepEqual(
      [...a.fillUint32(new Uint32Array(4001))],
      draw(4001, () => b.uint32()),
    );
    for (const rng of [a, b]) rng.skip(3);
    assert.deepEqual(
      [...a.fillUniform(new Float64Array(4001))],
      draw(4001, () => b.uniform()),
    );
  }
});

test("a stream ends before its counter could stand still", () => {
  const rng = new Rng(1);
  for (let i = 0; i < 3; i++) rng.skip(2 ** 53 - 1);
  assert.throws(() => rng.skip(2 ** 53 - 1), {
    code: "ERR_DOMAIN",
    message: "Rng.skip: n must end within the stream's 2^55 words, got 9007199254740991",
  });
  rng.skip(2 ** 52);
  assert.notEqual(rng.fillUint32(new Uint32Array(8))[0], rng.fillUint32(new Uint32Array(8))[0]);
});

test("skip forgets the second normal of a pair", () => {
  const a = new Rng(1);
  a.normal();
  a.skip(0);
  const b = new Rng(1);
  b.skip(4);
  assert.equal(a.normal(), b.normal());
});

test("integer reaches both ends and stays inside, for every size of n", () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.oneof(
        fc.integer({ min: 1, max: 2 ** 32 }),
        fc.integer({ min: 2 ** 32, max: 2 ** 53 - 1 }),
        fc.constant(2 ** 53),
      ),
      (seed, n) => {
        const rng = new Rng(seed);
        for (let i = 0; i < 20; i++) {
          const k = rng.integer(n);
          assert.ok(Number.isInteger(k) && k >= 0 && k < n);
        }
      },
    ),
  );
  const rng = new Rng(1);
  assert.deepEqual(new Set(draw(200, () => rng.integer(5))), new Set([0, 1, 2, 3, 4]));
});

/** How far the count of draws below n/3 lies from its mean, in standard errors. */
function thirdsBias(n: number, next: () => number): number {
  const draws = 20_000;
  let below = 0;
  for (let i = 0; i < draws; i++) if (next() < n / 3) below++;
  const p = Math.ceil(n / 3) / n;
  return Math.abs(below - draws * p) / Math.sqrt(draws * p * (1 - p));
}

test("integer has no modulo bias where a plain remainder shows it", () => {
  // With n = 3/4 of the range, a remainder hits the lowest third twice as often.
  const small = 3 * 2 ** 30;
  const large = 3 * 2 ** 51;
  for (const seed of [1, 22, 333]) {
    const rng = new Rng(seed, "bias");
    assert.ok(thirdsBias(small, () => rng.integer(small)) < 4.5);
    assert.ok(thirdsBias(large, () => rng.integer(large)) < 4.5);
    assert.ok(thirdsBias(small, () => rng.uint32() % small) > 20);
    assert.ok(thirdsBias(large, () => (rng.uniform() * 2 ** 53) % large) > 20);
  }
});

test("shuffle makes every order of four equally likely", () => {
  const rng = new Rng(77);
  const counts = new Map<string, number>();
  const draws = 24_000;
  for (let i = 0; i < draws; i++) {
    const order = rng.shuffle(["a", "b", "c", "d"]).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assert.equal(counts.size, 24);
  const expected = draws / 24;
  let chi2 = 0;
  for (const count of counts.values()) chi2 += (count - expected) ** 2 / expected;
  assert.ok(chi2 < 23 + 4.5 * Math.sqrt(46), `chi-square ${chi2} on 23 degrees of freedom`);
});

test("permutation holds every index once, and is the shuffle of the identity", () => {
  const order = new Rng(9).permutation(1000);
  assert.deepEqual(
    [...order].sort((a, b) => a - b),
    Array.from({ length: 1000 }, (_, i) => i),
  );
  assert.deepEqual(order, new Rng(9).shuffle(Uint32Array.from({ length: 1000 }, (_, i) => i)));
  assert.equal(new Rng(9).permutation(0).length, 0);
});

test("spawn depends on the name alone, not on draws or order", () => {
  const a = new Rng(4);
  const b = new Rng(4);
  a.normal();
  a.spawn("other");
  assert.equal(a.spawn("x").uint32(), b.spawn("x").uint32());
  assert.equal(new Rng(4, "x").uint32(), b.spawn("x").uint32());
});

test("streams differ by seed, number, name, kind of name and depth", () => {
  const root = new Rng(4);
  const streams = [
    root,
    new Rng(5),
    new Rng(4, 1),
    new Rng(4, 2n ** 40n),
    root.spawn(1),
    root.spawn("1"),
    root.spawn(""),
    root.spawn("ab"),
    root.spawn("a").spawn("b"),
    root.spawn("b").spawn("a"),
    root.spawn("é"),
    root.spawn("e"),
    new Rng(2n ** 32n + 4n),
  ];
  const first = streams.map((rng) => rng.fillUint32(new Uint32Array(4)).join());
  assert.equal(new Set(first).size, streams.length);
});

test("streams of one seed are uncorrelated", () => {
  const n = 20_000;
  const root = new Rng(11);
  const columns = [
    root,
    new Rng(11, 1),
    new Rng(12),
    root.spawn(0),
    root.spawn(1),
    root.spawn("a"),
  ].map((rng) => rng.fillNormal(new Float64Array(n)));
  for (const [i, x] of columns.entries()) {
    for (const y of columns.slice(i + 1)) {
      let dot = 0;
      for (let k = 0; k < n; k++) dot += x[k]! * y[k]!;
      assert.ok(Math.abs(dot) / Math.sqrt(n) < 4.5, `correlation of ${dot / n}`);
    }
  }
});

test("bad arguments are named at the door", () => {
  const rng = new Rng(1);
  const code = (code: string) => ({ code });
  for (const seed of [-1, 0.5, Number.NaN, 2 ** 53, -1n, 2n ** 64n]) {
    assert.throws(() => new Rng(seed), code("ERR_DOMAIN"));
    assert.throws(() => new Rng(1, seed), code("ERR_DOMAIN"));
  }
  assert.throws(() => new Rng("1" as unknown as number), /Rng: seed must be a number or a bigint/);
  for (const n of [0, -1, 1.5, Number.NaN, 2 ** 53 + 2, Number.POSITIVE_INFINITY]) {
    assert.throws(() => rng.integer(n), code("ERR_DOMAIN"));
  }
  for (const shape of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(() => rng.gamma(shape), /Rng.gamma: shape must be a finite number > 0/);
    assert.throws(() => rng.beta(shape, 1), code("ERR_DOMAIN"));
    assert.throws(() => rng.beta(1, shape), code("ERR_DOMAIN"));
  }
  assert.throws(() => rng.fillUint32([] as unknown as Uint32Array), code("ERR_TYPE"));
  for (const fill of ["fillUniform", "fillNormal", "fillExponential"] as const) {
    assert.throws(() => rng[fill]([] as unknown as Float64Array), code("ERR_TYPE"));
  }
  assert.throws(() => rng.skip(-1), code("ERR_DOMAIN"));
  assert.throws(() => rng.permutation(2 ** 32), code("ERR_DOMAIN"));
  assert.throws(() => rng.spawn(0.5), code("ERR_DOMAIN"));
  assert.throws(() => rng.spawn(null as unknown as string), code("ERR_TYPE"));
});
