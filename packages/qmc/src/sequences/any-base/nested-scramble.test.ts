import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { mix32, nestedScramble } from "./nested-scramble.ts";

const scramble = (digits: number[], base: number, key: readonly [number, number]) => {
  const out = Uint32Array.from(digits);
  nestedScramble(out, base, key);
  return [...out];
};

test("each node permutes its digits, and leaves the digits above alone", () => {
  for (const base of [2, 3, 5, 6, 10, 31]) {
    const key = [123, 456] as const;
    const firsts = new Set<number>();
    for (let y = 0; y < base; y++) {
      const seconds = new Set<number>();
      for (let z = 0; z < base; z++) {
        const [a, b] = scramble([y, z], base, key);
        assert.equal(a, scramble([y], base, key)[0]);
        seconds.add(b!);
      }
      assert.equal(seconds.size, base);
      firsts.add(scramble([y], base, key)[0]!);
    }
    assert.equal(firsts.size, base);
  }
});

test("pairs of digits go to all pairs alike often, in prime and other bases", () => {
  const rng = new Rng(7);
  const runs = 24_000;
  for (const base of [2, 5, 6]) {
    const counts = new Map<string, number>();
    for (let i = 0; i < runs; i++) {
      const key = [rng.uint32(), rng.uint32()] as const;
      const pair = `${scramble([0, 0], base, key)[1]} ${scramble([0, base - 1], base, key)[1]}`;
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
    const pairs = base * (base - 1);
    const expected = runs / pairs;
    assert.equal(counts.size, pairs);
    let chi = 0;
    for (const count of counts.values()) chi += (count - expected) ** 2 / expected;
    // 5 standard deviations above the mean of a chi-squared variate.
    assert.ok(chi < pairs - 1 + 5 * Math.sqrt(2 * (pairs - 1)), `${base}: ${chi}`);
  }
});

test("children of a node are independent of one another", () => {
  const rng = new Rng(8);
  let same = 0;
  for (let i = 0; i < 4000; i++) {
    const key = [rng.uint32(), rng.uint32()] as const;
    if (scramble([0, 0], 2, key)[1] === scramble([1, 0], 2, key)[1]) same++;
  }
  assert.ok(Math.abs(same - 2000) < 5 * Math.sqrt(1000));
});

test("mix32 is a bijection on a sample, with known values", () => {
  const seen = new Set<number>();
  for (let i = 0; i < 100_000; i++) seen.add(mix32(i * 42949));
  assert.equal(seen.size, 100_000);
  assert.equal(mix32(0), 0);
});
