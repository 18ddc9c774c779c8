import assert from "node:assert/strict";
import { test } from "node:test";
import { korobovKernel } from "./korobov-kernel.ts";
import { type LatticeCbcOptions, latticeCbc } from "./lattice-cbc.ts";
import { latticeWorstCaseErrors } from "./lattice-worst-case-errors.ts";

const errorOf = (generatingVector: number[], options: LatticeCbcOptions) =>
  latticeWorstCaseErrors({ ...options, n: options.n!, generatingVector }).at(-1)!;

/** The search by its definition, every component tried at O(n d); ties go to the smallest. */
function naiveCbc(options: LatticeCbcOptions): number[] {
  const n = options.n!;
  const vector: number[] = [];
  for (let s = 0; s < options.dimension; s++) {
    let best = 1;
    let least = Number.POSITIVE_INFINITY;
    for (let z = 1; z <= Math.max(1, n / 2); z++) {
      if (n % 2 === 0 && z % 2 === 0) continue;
      const squared = errorOf([...vector, z], options) ** 2;
      if (squared < least - 2e-14) [best, least] = [z, squared];
    }
    vector.push(best);
  }
  return vector;
}

const weightings = {
  product: { product: (j: number) => 0.8 ** j },
  order: { order: [1, 0.5, 0.2] },
  pod: { product: (j: number) => 1 / j, order: (size: number) => 1 / size },
};

for (const [name, weights] of Object.entries(weightings)) {
  test(`fast component-by-component search equals the naive one: ${name} weights`, async () => {
    for (const n of [1, 2, 4, 8, 64, 128, 3, 5, 31, 101]) {
      for (const alpha of [2, 4]) {
        const options = { dimension: 5, n, alpha, weights };
        const { generatingVector, worstCaseErrors } = await latticeCbc(options);
        const label = `n ${n}, alpha ${alpha}`;
        const naive = naiveCbc(options);
        const found = [...generatingVector];
        // A tie that rounding decides otherwise may lead to another vector, of the same error.
        if (alpha === 2) assert.deepEqual(found, naive, label);
        const expected = latticeWorstCaseErrors({ ...options, generatingVector });
        expected.forEach((e, j) => {
          const squared = worstCaseErrors.data[j]! ** 2;
          assert.ok(Math.abs(squared - e * e) <= 2e-14 * (1 + e * e), `${label}: ${squared} ${e}`);
        });
      }
    }
  });
}

test("the second component is the best of all pairs", async () => {
  for (const n of [32, 61]) {
    const weights = { product: [1, 1] };
    const { worstCaseErrors } = await latticeCbc({ dimension: 2, n, weights });
    let least = Number.POSITIVE_INFINITY;
    for (let a = 1; a < n; a++) {
      for (let b = 1; b < n; b++) {
        if (n % 2 === 0 && (a * b) % 2 === 0) continue;
        least = Math.min(least, errorOf([a, b], { dimension: 2, n, weights }));
      }
    }
    assert.ok(Math.abs(worstCaseErrors.data[1]! - least) < 1e-13);
  }
});

test("one dimension: P_alpha is 2 zeta(alpha) / n^alpha", async () => {
  for (const [alpha, zeta] of [
    [2, Math.PI ** 2 / 6],
    [4, Math.PI ** 4 / 90],
    [6, Math.PI ** 6 / 945],
    [8, Math.PI ** 8 / 9450],
  ] as const) {
    const { worstCaseErrors } = await latticeCbc({ dimension: 1, n: 8, alpha });
    const expected = (2 * zeta) / 8 ** alpha;
    assert.ok(Math.abs(worstCaseErrors.data[0]! ** 2 - expected) < 1e-14);
  }
});

test("the kernel is the Fourier series of 1 / |h|^alpha", () => {
  for (const alpha of [2, 4, 6, 8]) {
    const kernel = korobovKernel(alpha);
    for (const x of [0, 0.1, 0.37, 0.5, 0.9]) {
      let sum = 0;
      for (let h = 20000; h > 0; h--) sum += (2 * Math.cos(2 * Math.PI * h * x)) / h ** alpha;
      assert.ok(Math.abs(kernel(x) - sum) < (alpha === 2 ? 2e-4 : 1e-12));
    }
  }
});

test("a sequence is nearly as good for every n as the rule made for it", async () => {
  const [mMin, mMax, dimension] = [3, 9, 8];
  const weights = { product: (j: number) => 1 / j };
  const sequence = await latticeCbc({ dimension, mMin, mMax, weights });
  for (let m = mMin; m <= mMax; m++) {
    const n = 2 ** m;
    const row = sequence.worstCaseErrors.data.slice((m - mMin) * dimension).subarray(0, dimension);
    const { generatingVector } = sequence;
    const direct = latticeWorstCaseErrors({ generatingVector, n, weights });
    direct.forEach((e, j) => {
      assert.ok(Math.abs(e - row[j]!) < 1e-10 * e);
    });
    const alone = await latticeCbc({ dimension, n, weights });
    assert.ok(row.at(-1)! / alone.worstCaseErrors.data.at(-1)! < 1.5, `m ${m}`);
  }
});

test("a sequence minimises the worst ratio over its n", async () => {
  const [mMin, mMax] = [2, 5];
  const weights = { product: (j: number) => 1 / j };
  const sequence = await latticeCbc({ dimension: 2, mMin, mMax, weights });
  const alone: number[] = [];
  for (let m = mMin; m <= mMax; m++) {
    alone.push((await latticeCbc({ dimension: 2, n: 2 ** m, weights })).worstCaseErrors.data[1]!);
  }
  const worst = (z: number) =>
    Math.max(
      ...alone.map((e, i) => errorOf([1, z], { dimension: 2, n: 2 ** (mMin + i), weights }) / e),
    );
  const best = Math.min(...Array.from({ length: 16 }, (_, i) => worst(2 * i + 1)));
  assert.ok(Math.abs(worst(sequence.generatingVector[1]!) - best) < 1e-12);
});

test("progress ends with the total, and an aborted search rejects", async () => {
  const seen: [number, number][] = [];
  const options = { dimension: 3, mMin: 2, mMax: 5 };
  await latticeCbc({ ...options, onProgress: (done, total) => seen.push([done, total]) });
  const last = seen.at(-1)!;
  assert.equal(last[0], last[1]);
  await assert.rejects(latticeCbc({ ...options, signal: AbortSignal.abort() }), {
    name: "AbortError",
  });
  const controller = new AbortController();
  const long = { dimension: 1e5, n: 2 ** 12, signal: controller.signal };
  const search = latticeCbc({ ...long, onProgress: () => controller.abort() });
  await assert.rejects(search, { name: "AbortError" });
});

test("weights that drown the criterion do not make components repeat; overflow is an error", async () => {
  const weights = { product: () => 0.5 };
  for (const points of [{ n: 2 ** 10 }, { n: 1021 }, { mMin: 8, mMax: 10 }]) {
    const { generatingVector } = await latticeCbc({ dimension: 100, ...points, weights });
    assert.ok(new Set(generatingVector).size > 60, `${new Set(generatingVector).size}`);
    const huge = { product: () => 1e6 };
    await assert.rejects(latticeCbc({ dimension: 100, ...points, weights: huge }), {
      code: "ERR_NUMERIC",
    });
  }
  const generatingVector = new Array(100).fill(1);
  const weightsOfAll = { product: () => 1e6 };
  assert.throws(() => latticeWorstCaseErrors({ generatingVector, n: 8, weights: weightsOfAll }), {
    code: "ERR_NUMERIC",
  });
});

test("wrong arguments are refused by name", async () => {
  const refused = async (options: object, code: string, message: RegExp) => {
    await assert.rejects(latticeCbc(options as LatticeCbcOptions), (error: Error) => {
      assert.equal((error as Error & { code: string }).code, code);
      assert.match(error.message, message);
      return true;
    });
  };
  await refused({ dimension: 0, n: 8 }, "ERR_DOMAIN", /dimension must be .* got 0/);
  await refused({ dimension: 2, n: 9 }, "ERR_DOMAIN", /n must be .* got 9/);
  await refused({ dimension: 2, n: Number.NaN }, "ERR_DOMAIN", /n must be .* got NaN/);
  await refused({ dimension: 2, n: 8, alpha: 3 }, "ERR_DOMAIN", /alpha must be .* got 3/);
  await refused({ dimension: 2 }, "ERR_TYPE", /mMax/);
  await refused({ dimension: 2, n: 8, mMax: 4 }, "ERR_DOMAIN", /n must not come with/);
  await refused({ dimension: 2, mMin: 5, mMax: 4 }, "ERR_DOMAIN", /mMin must be .*0..4, got 5/);
  await refused({ dimension: 2, n: 8, weights: {} }, "ERR_TYPE", /weights/);
  await refused({ dimension: 2, n: 8, weights: { product: [1] } }, "ERR_SHAPE", /2 numbers.*got 1/);
  await refused({ dimension: 2, n: 8, weights: { product: [1, -1] } }, "ERR_DOMAIN", /got -1 at/);
  await refused({ dimension: 2, n: 8, weights: { order: [0, 1] } }, "ERR_DOMAIN", /> 0, got 0/);
});
