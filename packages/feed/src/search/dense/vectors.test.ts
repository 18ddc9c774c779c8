import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
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

test("a vector without length becomes zero, not NaN", () => {
  assert.deepEqual(unit(Float32Array.of(0, 0)), Float32Array.of(0, 0));
  assert.deepEqual(unit(Float32Array.of(3, 4)), Float32Array.of(0.6, 0.8));
  const vectors = new Vectors("m", 2);
  vectors.set("a", Float32Array.of(0, 0));
  assert.deepEqual(vectors.cosines(Float32Array.of(1, 0)), Float32Array.of(0));
  assert.deepEqual(vectors.get("a"), Float32Array.of(0, 0));
  assert.equal(vectors.get("b"), undefined);
});
