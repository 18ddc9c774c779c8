// Against the values of QMCPy 2.4 in reference-data/measures.json, which reference-data/measures.py
// writes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { cases, ListSequence } from "./fixture.ts";
import { AcceptanceRejection } from "./index.ts";

interface Row {
  n: number;
  u: number[];
  x: number[];
  weight?: number[];
  mean?: number[];
  covariance?: number[];
}

const file = new URL("../../reference-data/measures.json", import.meta.url);
const rows: Record<string, Row> = JSON.parse(readFileSync(file, "utf8"));

function assertClose(got: ArrayLike<number>, expected: number[], what: string): void {
  assert.equal(got.length, expected.length, what);
  for (const [k, e] of expected.entries()) {
    const error = Math.abs(got[k]! - e);
    // a coordinate is a sum that may cancel
    const scale = what === "x" ? Math.max(0.1, Math.abs(e)) : Math.abs(e);
    assert.ok(error <= 1e-13 * scale, `${what}[${k}]: ${got[k]} instead of ${e}`);
  }
}

const { accepted, ...measures } = rows;
for (const [name, row] of Object.entries(measures)) {
  test(`${name} has QMCPy's points, weights and moments`, () => {
    const measure = cases[name]!();
    assertClose(measure.transform(Float64Array.from(row.u), row.n), row.x, "x");
    // an atom has no density, where QMCPy answers 1
    if (row.weight && !name.startsWith("zero inflated")) {
      assertClose(measure.weight(Float64Array.from(row.x), row.n), row.weight, "weight");
    }
    if (row.mean) assertClose(measure.mean, row.mean, "mean");
    if (row.covariance) {
      const { data } = measure.covariance;
      assertClose(data, row.covariance, "covariance");
      const diagonal = row.covariance.filter((_, k) => k % (measure.dimension + 1) === 0);
      assertClose(measure.variance, diagonal, "variance");
      assertClose(measure.standardDeviation, diagonal.map(Math.sqrt), "standardDeviation");
    }
  });
}

test("acceptance and rejection keep the points that QMCPy keeps", () => {
  const sequence = new ListSequence(3, Float64Array.from(accepted!.u));
  const measure = new AcceptanceRejection(sequence, {
    density: ([x, y]) => 4 * x! * y!,
    upperBound: 4,
    densityIntegral: 1,
    maxRetries: 0,
  });
  assert.deepEqual([...measure.points({ nMax: accepted!.n }).data], accepted!.x);
});
