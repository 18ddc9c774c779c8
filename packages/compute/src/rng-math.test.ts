import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "./rng.ts";
import { cosSinTurns, expNegative, log } from "./rng-math.ts";

/** The distance in units of the last place of `expected`. */
function ulps(actual: number, expected: number): number {
  if (actual === expected) return 0;
  const magnitude = Math.max(Math.abs(expected), 2 ** -1022);
  return Math.abs(actual - expected) / 2 ** (Math.floor(Math.log2(magnitude)) - 52);
}

function worst(count: number, error: (rng: Rng) => number): number {
  const rng = new Rng(20261124);
  let most = 0;
  for (let i = 0; i < count; i++) most = Math.max(most, error(rng));
  return most;
}

test("log agrees with Math.log to 2 ulp", () => {
  const check = (x: number) => ulps(log(x), Math.log(x));
  assert.ok(worst(200_000, (rng) => check(1 - rng.uniform())) <= 2);
  assert.ok(
    worst(200_000, (rng) => check(2 ** (rng.integer(2000) - 1000) * (1 + rng.uniform()))) <= 2,
  );
  assert.ok(worst(50_000, (rng) => check(1 + (rng.uniform() - 0.5) * 2 ** -rng.integer(50))) <= 2);
  assert.equal(log(1), 0);
  assert.equal(log(2 ** -53), Math.log(2 ** -53));
});

test("expNegative agrees with Math.exp to 2 ulp and underflows to 0", () => {
  assert.ok(
    worst(200_000, (rng) => {
      const x = -708 * rng.uniform() ** 3;
      return ulps(expNegative(x), Math.exp(x));
    }) <= 2,
  );
  assert.equal(expNegative(0), 1);
  assert.equal(expNegative(-744), Math.exp(-744));
  assert.equal(expNegative(-750), 0);
  assert.equal(expNegative(Number.NEGATIVE_INFINITY), 0);
});

/** cos and sin of 2 pi t from the series in 200-bit fixed point. */
function referenceCosSin(turns: number): [number, number] {
  const one = 1n << 200n;
  const pi = 5048344754617993871973410141242436836214643421488662971535368n; // floor(pi 2^200)
  const x = (BigInt(turns * 2 ** 53) * 2n * pi) >> 53n;
  const sums: [bigint, bigint] = [0n, 0n];
  let term = one;
  for (let n = 0; term !== 0n && n < 200; n++) {
    sums[n % 2]! += n % 4 < 2 ? term : -term;
    term = (term * x) / one / BigInt(n + 1);
  }
  return [Number(sums[0]) / 2 ** 200, Number(sums[1]) / 2 ** 200];
}

test("cosSinTurns is within 2 ulp of the true values", () => {
  const out = new Float64Array(2);
  const error = (turns: number) => {
    cosSinTurns(turns, out);
    const [cos, sin] = referenceCosSin(turns);
    return Math.max(ulps(out[0]!, cos), ulps(out[1]!, sin));
  };
  assert.ok(worst(5000, (rng) => error(rng.uniform())) <= 2);
  assert.ok(worst(500, (rng) => error(0.25 * rng.integer(4) + 2 ** (-3 - rng.integer(45)))) <= 2);
  for (const [turns, cos, sin] of [
    [0, 1, 0],
    [0.25, 0, 1],
    [0.5, -1, 0],
    [0.75, 0, -1],
  ] as const) {
    cosSinTurns(turns, out);
    assert.ok(out[0] === cos && out[1] === sin, `${turns}: ${out}`);
  }
});

test("the last bits are pinned, so that another engine must reproduce them", () => {
  const rng = new Rng(42, "pinned");
  const words = new Uint32Array(2000);
  const values = new Float64Array(words.buffer);
  rng.fillNormal(values.subarray(0, 500));
  rng.fillExponential(values.subarray(500));
  let hash = 0x811c9dc5;
  for (const word of words) hash = Math.imul(hash ^ word, 0x01000193);
  assert.equal(hash >>> 0, 4065684677);
});
