import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix, Rng, ThreadPool } from "@daily-kernel/compute";
import { type DiscrepancyOptions, discrepancy } from "./discrepancy.ts";
import type { Discrepancy } from "./discrepancy-kinds.ts";
import { pairSums, pairSumsScalar } from "./pair-sums.ts";
import * as kernels from "./product-kernels.ts";

const close = (actual: number, expected: number, label?: string) =>
  assert.ok(Math.abs(actual - expected) <= 1e-13 * Math.max(1, expected), `${label}: ${actual}`);

const five = matrix(
  5,
  3,
  [0.1, 0.5, 0.9, 0.25, 0.75, 0.3, 0.8, 0.2, 0.45, 0.55, 0.95, 0.05, 0.35, 0.6, 0.7],
);

test("SciPy 1.17's values", () => {
  // scipy.stats.qmc.discrepancy(x, method=m) for L2-star, CD, WD and MD.
  close(discrepancy(five, "star-L2"), 0.09587891292295217);
  close(discrepancy(five, "centered-L2"), 0.060708765943287);
  close(discrepancy(five, "wrap-around-L2"), 0.0853475221296307);
  close(discrepancy(five, "mixture"), 0.11849496474175236);
  // i = np.arange(300)[:,None]; x = (i*np.sqrt(np.array([2,3,5,7,11]))+0.25)%1
  const many = matrix(
    300,
    5,
    Float64Array.from({ length: 1500 }, (_, k) => {
      const i = Math.floor(k / 5);
      return (i * Math.sqrt([2, 3, 5, 7, 11][k % 5]!) + 0.25) % 1;
    }),
  );
  close(discrepancy(many, "star-L2"), 0.00713111372218454);
  close(discrepancy(many, "centered-L2"), 0.0010518074579608516);
  // SciPy's own 0.001817019165279099 and 0.003037100799318182 are off in the tenth decimal: these
  // are its formulas in NumPy, summed by math.fsum.
  close(discrepancy(many, "wrap-around-L2"), 0.001817019164970901);
  close(discrepancy(many, "mixture"), 0.0030371007994443033);
});

// QMCPy 2.4's discrete_distribution/mpmc/utils.py in double precision, the weights 1, 1/2, 1/4.
const losses: [Discrepancy, number, number][] = [
  ["L2star", 0.09587891292295216, 0.19101139867418038],
  ["L2ext", 0.02632211731517249, 0.11612385986400903],
  ["L2per", 0.10344977265786025, 0.18888353257315668],
  ["L2ctr", 0.03406512307263403, 0.17393742962187933],
  ["L2sym", 0.05177153643609299, 0.18039148218621928],
  ["L2mix", 0.1545929000366887, 0.21296436073534555],
];
for (const [kind, plain, weighted] of losses) {
  test(`${kind} as QMCPy computes it, with and without weights`, () => {
    close(discrepancy(five, kind), plain);
    close(discrepancy(five, kind, { weights: [1, 0.5, 0.25] }), weighted);
    const set = { data: five.data, replications: 1, n: 5, dimension: 3 };
    close(discrepancy(set, kind), plain);
  });
}

test("one point in closed form", () => {
  for (const x of [0, 0.3, 1]) {
    const point = matrix(1, 1, [x]);
    close(discrepancy(point, "star-L2") ** 2, 1 / 3 - x + x * x);
    close(discrepancy(point, "centered-L2"), 1 / 12 + (x - 0.5) ** 2);
    close(discrepancy(point, "wrap-around-L2"), 1 / 6);
  }
});

test("midpoints of n cells in one dimension: L2 star is 1 / (sqrt(12) n)", () => {
  for (const n of [1, 7, 200]) {
    const midpoints = matrix(
      n,
      1,
      Float64Array.from({ length: n }, (_, i) => (i + 0.5) / n),
    );
    close(discrepancy(midpoints, "star-L2"), 1 / (Math.sqrt(12) * n));
    close(discrepancy(midpoints, "L2ctr") ** 2, 1 / (12 * n * n));
  }
});

for (const [name, kernel] of Object.entries(kernels)) {
  test(`${name} kernel: integrals and derivatives fit the values`, () => {
    // Midpoints of cells whose bounds hold all kinks: exact for what is linear, O(h^2) else.
    const cells = 400;
    const mean = (f: (y: number) => number) => {
      let sum = 0;
      for (let k = 0; k < cells; k++) sum += f((k + 0.5) / cells);
      return sum / cells;
    };
    assert.ok(Math.abs(mean((x) => kernel.integral(x)) - kernel.doubleIntegral) < 1e-5);
    for (const x of [0.125, 0.4, 0.5, 0.9]) {
      assert.ok(Math.abs(mean((y) => kernel.value(x, y)) - kernel.integral(x)) < 1e-5);
      for (const y of [0.05, 0.4, 0.77]) {
        assert.equal(kernel.value(x, y), kernel.value(y, x));
        const h = 1e-6;
        const slope = (kernel.value(x + h, y) - kernel.value(x - h, y)) / (2 * h);
        assert.ok(Math.abs(kernel.slope(x, y) - slope) < 1e-5, `${x} ${y}`);
      }
      const h = 1e-6;
      const slope = (kernel.integral(x + h) - kernel.integral(x - h)) / (2 * h);
      assert.ok(Math.abs(kernel.integralSlope(x) - slope) < 1e-5);
    }
  });

  test(`${name} kernel: WebAssembly and TypeScript give the same bits`, () => {
    const rng = new Rng(5);
    for (const [n, d, constant] of [
      [46, 1, 0],
      [101, 3, 1],
      [130, 6, 0],
    ] as const) {
      const x = rng.fillUniform(new Float64Array(n * d));
      const weights = rng.fillUniform(new Float64Array(d));
      const product = { kernel, constant, weights };
      assert.deepEqual(pairSums(product, x, n), pairSumsScalar(product, x, n));
    }
  });
}

test("a pool gives the same number, in several calls; it can be aborted", async () => {
  await using pool = await ThreadPool.create({ threads: 2 });
  const [n, d] = [3001, 2];
  const points = matrix(n, d, new Rng(8).fillUniform(new Float64Array(n * d)));
  const seen: number[] = [];
  const weights = [1, 0.5];
  const onProgress = (done: number, total: number) => seen.push(done / total);
  const value = await discrepancy(points, "L2sym", { weights, pool, onProgress });
  assert.equal(value, discrepancy(points, "L2sym", { weights }));
  assert.ok(seen.length > 2 && seen.at(-1) === 1);
  const signal = AbortSignal.abort();
  await assert.rejects(discrepancy(points, "mixture", { pool, signal }), { name: "AbortError" });
});

test("wrong arguments are refused by name", () => {
  const refused = (call: () => unknown, code: string, message: RegExp) =>
    assert.throws(call, (error: Error) => {
      assert.equal((error as Error & { code: string }).code, code);
      assert.match(error.message, message);
      return true;
    });
  const point = matrix(1, 2, [0.5, 0.5]);
  refused(() => discrepancy(matrix(0, 2), "mixture"), "ERR_SHAPE", /n, d > 0/);
  refused(
    () => discrepancy(matrix(1, 2, [0.5, 1.5]), "mixture"),
    "ERR_DOMAIN",
    /got 1.5 at point 0, coordinate 1/,
  );
  refused(() => discrepancy(matrix(1, 1, [Number.NaN]), "mixture"), "ERR_DOMAIN", /got NaN/);
  refused(
    () => discrepancy(point, "CD" as Discrepancy),
    "ERR_DOMAIN",
    /kind must be one of .*"CD"/,
  );
  refused(() => discrepancy(point, "mixture", { weights: [1] }), "ERR_SHAPE", /2 numbers.* got 1/);
  refused(
    () => discrepancy(point, "L2per", { weights: [1, -1] }),
    "ERR_DOMAIN",
    /got -1 at index 1/,
  );
  refused(() => discrepancy(null as never, "mixture"), "ERR_TYPE", /points must be an object/);
  const two = { data: new Float64Array(4), replications: 2, n: 1, dimension: 2 };
  refused(() => discrepancy(two, "mixture"), "ERR_SHAPE", /1 replication, got 2/);
  const options = null as unknown as DiscrepancyOptions;
  refused(() => discrepancy(point, "mixture", options), "ERR_TYPE", /options must be an object/);
});
