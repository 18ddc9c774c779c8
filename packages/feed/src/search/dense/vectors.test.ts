import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { CoarseRows } from "./coarse-rows.ts";
import { unit } from "./unit.ts";
import { Vectors } from "./vectors.ts";

test("cosines of all rows are those of the plain sum, over several blocks", () => {
  const rng = new Rng(3);
  for (const dimension of [1, 16, 100]) {
    const vectors = new Vectors("m", dimension);
    const rows = Array.from({ length: 5000 }, () =>
      Float32Array.from({ length: dimension }, () => rng.normal()),
    );
    rows.forEach((row, i) => {
      vectors.set(String(i), row);
    });
    const query = Float32Array.from({ length: dimension }, () => rng.normal());
    const cosines = vectors.cosines(query);
    assert.equal(cosines.length, 5000);
    const [q, length] = [query, Math.hypot(...query)];
    rows.forEach((row, i) => {
      const dot = row.reduce((sum, value, j) => sum + value * q[j]!, 0);
      assert.ok(Math.abs(cosines[i]! - dot / (length * Math.hypot(...row))) < 1e-5);
    });
    vectors.set("7", query);
    assert.ok(Math.abs(vectors.cosines(query)[7]! - 1) < 1e-6);
    vectors.dispose();
  }
});

test("the nearest of many are those of an exact comparison of all, whatever is allowed", () => {
  const rng = new Rng(5);
  for (const [dimension, rows] of [
    [24, 4095],
    [24, 6000],
    [600, 4200],
  ] as const) {
    const vectors = new Vectors("m", dimension);
    // Much in common, as papers have, and some of them twice.
    const common = Float64Array.from({ length: dimension }, () => 2 * rng.normal());
    const made = Array.from({ length: rows }, () => common.map((value) => value + rng.normal()));
    made.forEach((row, i) => {
      vectors.set(String(i), Float32Array.from(i % 50 === 7 ? made[7]! : row));
    });
    vectors.set("3", new Float32Array(dimension));
    const spike = new Float32Array(dimension).fill(1, 0, 1);
    vectors.set("4", spike);
    const queries = [spike, Float32Array.from(made[7]!), Float32Array.from(common)];
    for (const query of queries) {
      const cosines = vectors.cosines(query);
      const sum = cosines.reduce((a, b) => a + b) / rows;
      const deviation = Math.sqrt(cosines.reduce((a, b) => a + (b - sum) ** 2, 0) / rows);
      for (const [k, allowed] of [
        [0, () => true],
        [1, () => true],
        [300, () => true],
        [300, (row: number) => row % 3 === 0],
        [50, () => false],
      ] as const) {
        const exact = [...cosines.keys()]
          .filter((row) => cosines[row]! > 0 && allowed(row) && cosines[row]! >= sum + deviation)
          .sort((a, b) => cosines[b]! - cosines[a]! || a - b)
          .slice(0, k);
        const near = vectors.nearest(query, k, (a, b) => a < b, allowed);
        // Only the mean and the deviation are those of rounded vectors.
        assert.ok(Math.abs(near.length - exact.length) <= 3, `${near.length} ${exact.length}`);
        const both = Math.min(near.length, exact.length);
        assert.deepEqual(near.slice(0, both), exact.slice(0, both));
      }
    }
    vectors.dispose();
  }
});

test("rounded products are off by no more than they say", () => {
  const rng = new Rng(9);
  const rows = new CoarseRows(700);
  const made = Array.from({ length: 300 }, () =>
    unit(Float32Array.from({ length: 700 }, () => rng.normal() ** 3)),
  );
  made.push(unit(new Float32Array(700).fill(1)), new Float32Array(700));
  made.forEach((row, i) => {
    rows.set(i, row);
  });
  for (const query of made) {
    const { dots, error } = rows.dots(query, made.length);
    made.forEach((row, i) => {
      assert.ok(error(i) < 0.1);
      const dot = row.reduce((sum, value, j) => sum + value * query[j]!, 0);
      assert.ok(Math.abs(dots[i]! - dot) <= error(i));
    });
  }
  rows.dispose();
});

test("a vector without length becomes zero, not NaN", () => {
  assert.deepEqual(unit(Float32Array.of(0, 0)), Float32Array.of(0, 0));
  assert.deepEqual(unit(Float32Array.of(3, 4)), Float32Array.of(0.6, 0.8));
  const vectors = new Vectors("m", 2);
  vectors.set("a", Float32Array.of(0, 0));
  assert.deepEqual(vectors.cosines(Float32Array.of(1, 0)), Float32Array.of(0));
  assert.deepEqual(vectors.get("a"), Float32Array.of(0, 0));
  assert.equal(vectors.get("b"), undefined);
});
