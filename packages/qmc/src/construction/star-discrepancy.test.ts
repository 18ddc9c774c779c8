import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix, Rng } from "@daily-kernel/compute";
import { Sobol } from "../sequences/sobol.ts";
import { starDiscrepancy } from "./star-discrepancy.ts";

/** By definition: every box whose bounds are coordinates of points or 1. */
function bruteForce(points: number[][]): number {
  const d = points[0]!.length;
  const n = points.length;
  const boxes = (j: number): number[][] =>
    j === d
      ? [[]]
      : boxes(j + 1).flatMap((rest) => [1, ...points.map((x) => x[j]!)].map((y) => [y, ...rest]));
  let best = 0;
  for (const box of boxes(0)) {
    const volume = box.reduce((product, y) => product * y, 1);
    const count = (inside: (x: number, y: number) => boolean) =>
      points.filter((x) => x.every((xj, j) => inside(xj, box[j]!))).length / n;
    best = Math.max(best, volume - count((x, y) => x < y), count((x, y) => x <= y) - volume);
  }
  return best;
}

test("random points, with ties and on faces: all boxes give the same", async () => {
  const rng = new Rng(21);
  for (const [n, d] of [
    [1, 1],
    [9, 1],
    [12, 2],
    [8, 3],
    [4, 4],
  ] as const) {
    for (let k = 0; k < 5; k++) {
      const data = rng.fillUniform(new Float64Array(n * d));
      if (k > 2) data.set(data.map((x) => Math.round(4 * x) / 4));
      const rows = Array.from({ length: n }, (_, i) => [...data.slice(i * d, (i + 1) * d)]);
      const value = await starDiscrepancy(matrix(n, d, data));
      assert.ok(Math.abs(value - bruteForce(rows)) < 1e-15, `${n} ${d}: ${value}`);
    }
  }
});

test("midpoints in one dimension: 1 / 2n; i / n: 1 / n", async () => {
  const n = 50;
  const midpoints = Float64Array.from({ length: n }, (_, i) => (i + 0.5) / n);
  assert.ok(Math.abs((await starDiscrepancy(matrix(n, 1, midpoints))) - 1 / (2 * n)) < 1e-15);
  const left = Float64Array.from({ length: n }, (_, i) => i / n);
  assert.ok(Math.abs((await starDiscrepancy(matrix(n, 1, left))) - 1 / n) < 1e-15);
});

test("nets: Sobol' points keep within their bound, progress and abort work", async () => {
  const set = new Sobol({ dimension: 2 }).points({ nMax: 128 });
  const seen: number[] = [];
  const value = await starDiscrepancy(set, {
    onProgress: (done, total) => seen.push(done / total),
  });
  assert.equal(seen.at(-1), 1);
  // Niederreiter: a (0, m, 2)-net has D* <= (m / 2 + 3 / 2) / n in base 2.
  assert.ok(value <= 5 / 128 && value >= 1 / 256, `${value}`);
  const signal = AbortSignal.abort();
  await assert.rejects(starDiscrepancy(set, { signal }), { name: "AbortError" });
  await assert.rejects(starDiscrepancy(matrix(1, 1, [2])), /points must lie in \[0, 1\], got 2/);
});
