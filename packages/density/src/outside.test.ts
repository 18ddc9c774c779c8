import assert from "node:assert/strict";
import { test } from "node:test";
import { type Matrix, matrix, Rng, ThreadPool } from "@daily-kernel/compute";
import {
  edgeBandwidth,
  GaussianKde,
  kdeRegimes,
  ksNormal,
  leaveOneOut,
  looBandwidth,
  NearEdge,
  NoncentralChiSquare,
  regimesOf,
  scottBandwidth,
} from "./index.ts";

const column = (...numbers: number[]): Matrix => matrix(numbers.length, 1, numbers);

test("an estimate is finite however many bandwidths away the query is", () => {
  // from 8e8 bandwidths the cut of what rounding cannot see is below an ulp of the nearest distance
  for (const n of [1, 2, 5, 9]) {
    const data = column(...Array.from({ length: n }, (_, i) => i));
    const kde = new GaussianKde({ data, bandwidth: 1 });
    for (const x of [1e8, 1e9, 1e12, 1e100]) {
      const query = column(x);
      const expected = -0.5 * (x - (n - 1)) ** 2;
      assert.ok(Math.abs(kde.logDensity(query)[0]! / expected - 1) < 1e-12, `${n}, ${x}`);
      assert.ok(Math.abs(kde.score(query).data[0]! / (n - 1 - x) - 1) < 1e-12, `${n}, ${x}`);
    }
  }
});

test("the ends of the range of bandwidths belong to it", () => {
  for (const h of [1e-145, 1e145]) {
    const kde = new GaussianKde({ data: column(0, 1), bandwidth: h });
    assert.ok(Number.isFinite(kde.logDensity(column(0))[0]!));
    for (const bandwidth of [h * (h < 1 ? 0.99 : 1.01)]) {
      assert.throws(() => new GaussianKde({ data: column(0), bandwidth }), { code: "ERR_DOMAIN" });
    }
  }
});

test("rules of thumb do not overflow where the data does not", () => {
  for (const s of [1e-300, 1e-150, 1e150, 1e300]) {
    assert.ok(Math.abs(scottBandwidth(column(0, s, 2 * s)) / (s * 3 ** -0.2) - 1) < 1e-12);
  }
});

test("a column a millionth the size of another counts for the rank", () => {
  const rng = new Rng(1);
  const data = matrix(
    50,
    2,
    Float64Array.from({ length: 100 }, (_, i) => rng.normal() * (i % 2 ? 1e-6 : 1)),
  );
  assert.equal(regimesOf(data).d, 2);
  const line = matrix(5, 2, [1, 2, 2, 4, 3, 6, 4, 8, 9, 18]);
  assert.equal(regimesOf(line).d, 1);
});

test("both tails of the noncentral law keep their digits where they are near 1, and limits are there", () => {
  const law = new NoncentralChiSquare(2, 0);
  for (const x of [1e-300, 1e-10, 1e-3]) {
    assert.ok(Math.abs(law.logSf(x) / (-x / 2) - 1) < 1e-12, `logSf(${x})`);
  }
  for (const x of [50, 700, 1400]) {
    assert.ok(Math.abs(law.logCdf(x) / -Math.exp(-x / 2) - 1) < 1e-9, `logCdf(${x})`);
  }
  assert.equal(law.logCdf(Number.POSITIVE_INFINITY), 0);
  assert.equal(law.logSf(Number.POSITIVE_INFINITY), Number.NEGATIVE_INFINITY);
  assert.equal(law.quantileLog(Number.NEGATIVE_INFINITY), 0);
  assert.equal(law.quantileLog(0), Number.POSITIVE_INFINITY);
});

test("errors name the function that was called and carry a code", async () => {
  const thrown = (code: string, message: RegExp, work: () => unknown) =>
    assert.throws(work, { code, message });
  const nothing = undefined as never;
  thrown("ERR_TYPE", /^GaussianKde: options/, () => new GaussianKde(nothing));
  thrown("ERR_TYPE", /^kdeRegimes: options/, () => kdeRegimes(nothing));
  thrown("ERR_TYPE", /^edgeBandwidth: options/, () => edgeBandwidth(nothing));
  thrown("ERR_TYPE", /^NearEdge: options/, () => new NearEdge(nothing));
  thrown("ERR_DOMAIN", /n must be at most 1e300/, () => kdeRegimes({ n: 1e301, d: 2 }));
  thrown("ERR_TYPE", /^looBandwidth: data/, () => looBandwidth(nothing));
  thrown("ERR_NUMERIC", /^looBandwidth: all rows/, () => looBandwidth(column(1, 1)));
  thrown("ERR_DOMAIN", /^looBandwidth: options.queries/, () =>
    looBandwidth(column(1, 2), { queries: [2] }),
  );
  thrown("ERR_TYPE", /logP/, () => new NoncentralChiSquare(1, 1).quantileLog("1" as never));
  thrown("ERR_TYPE", /logValues/, () => ksNormal([1, 2], { logValues: "yes" as never }));
  const edge = new NearEdge({ d: 5, logN: 50, points: 10 });
  const drawn = edge.draw(new Rng(1));
  thrown("ERR_SHAPE", /distances/, () => edge.estimate(drawn.slice(1), 1));
  thrown("ERR_DOMAIN", /distances/, () => edge.estimate(drawn.toReversed(), 1));
  thrown("ERR_DOMAIN", /distances/, () => edge.estimate(drawn.fill(Number.NaN), 1));
  await using pool = await ThreadPool.create({ threads: 1 });
  const kde = new GaussianKde({ data: column(0, 1), bandwidth: 1 });
  await assert.rejects(kde.logDensity(matrix(1, 2), { pool }), { code: "ERR_SHAPE" });
  await assert.rejects(leaveOneOut(column(1), [1], { pool }), { code: "ERR_DOMAIN" });
});
