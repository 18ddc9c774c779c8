import assert from "node:assert/strict";
import { after, test } from "node:test";
import fc from "fast-check";
import { logSumExp, logSumExpRows } from "./log-sum-exp.ts";
import { matrix } from "./matrix.ts";
import { randomMatrix } from "./reference/random-matrix.ts";
import { ThreadPool } from "./thread-pool.ts";

const pool = await ThreadPool.create({ threads: 2 });
after(() => pool.dispose());
const INF = Number.POSITIVE_INFINITY;

function reference(x: readonly number[]): number {
  const top = Math.max(...x);
  if (!Number.isFinite(top)) return top;
  const at = x.indexOf(top);
  return top + Math.log1p(x.reduce((s, v, i) => (i === at ? s : s + Math.exp(v - top)), 0));
}

test("agrees with the scalar reference", () => {
  const element = fc.oneof(
    { weight: 5, arbitrary: fc.double({ min: -800, max: 800, noNaN: true }) },
    fc.double({ noNaN: true }),
    fc.constantFrom(0, -INF, -1e-300, 1e308, -1e308, -745, -708),
  );
  fc.assert(
    fc.property(fc.array(element, { maxLength: 70 }), (x) => {
      const got = logSumExp(x);
      const want = x.length === 0 ? -INF : reference(x);
      assert.ok(got === want || Math.abs(got - want) <= 1e-14 * Math.max(1, Math.abs(want)));
    }),
    { numRuns: 500 },
  );
});

test("known values", () => {
  assert.equal(logSumExp([5]), 5);
  assert.ok(Math.abs(logSumExp([1000, 1000]) - (1000 + Math.LN2)) < 1e-12);
  assert.ok(Math.abs(logSumExp(new Float64Array(1e6)) - Math.log(1e6)) < 1e-14);
  // log(1 + e^-40): the small part is not lost.
  assert.ok(Math.abs(logSumExp([0, -40]) / Math.exp(-40) - 1) < 1e-14);
});

test("infinities", () => {
  assert.equal(logSumExp([]), -INF);
  assert.equal(logSumExp([-INF, -INF, -INF]), -INF);
  assert.equal(logSumExp([-INF, 3]), 3);
  assert.equal(logSumExp([1, INF, -INF]), INF);
  assert.equal(logSumExp([INF, INF]), INF);
});

test("rows are each their own, on one thread and on a pool", async () => {
  const a = randomMatrix(301, 57, 1);
  const want = Float64Array.from({ length: 301 }, (_, i) =>
    logSumExp(a.data.subarray(i * 57, (i + 1) * 57)),
  );
  assert.deepEqual(logSumExpRows(a), want);
  assert.deepEqual(await logSumExpRows(a, { pool }), want);
  assert.deepEqual(logSumExpRows(matrix(2, 0)), Float64Array.of(-INF, -INF));
  assert.deepEqual(logSumExpRows(matrix(0, 3)), new Float64Array(0));
});

test("NaN is refused where it stands", () => {
  assert.throws(() => logSumExp([1, 2, Number.NaN]), {
    name: "RangeError",
    code: "ERR_DOMAIN",
    message: "logSumExp: x must not be NaN, got NaN at index 2",
  });
  assert.throws(() => logSumExpRows(matrix(2, 2, [0, INF, Number.NaN, INF])), {
    message: "logSumExpRows: a must not be NaN, got NaN at row 1, column 0",
  });
});
