import assert from "node:assert/strict";
import { test } from "node:test";
import { matrix, Rng } from "@daily-kernel/compute";
import {
  columnError,
  FiniteBasis,
  FiniteDpp,
  hermite,
  laguerre,
  legendre,
  leverageScores,
  productBasis,
  repeatDpp,
  splines,
  thin,
  weightedLeastSquares,
} from "./index.ts";

const normals = (rows: number, cols: number) =>
  matrix(rows, cols, new Rng(1).fillNormal(new Float64Array(rows * cols)));

test("leverage does not depend on the unit of the columns, however small or large", () => {
  const a = normals(20, 4);
  const expected = leverageScores(a);
  for (const unit of [1e-300, 1e-200, 1e-150, 1e150, 1e200, 1e300]) {
    const scaled = matrix(
      20,
      4,
      a.data.map((x) => x * unit),
    );
    const found = [leverageScores(scaled), new FiniteBasis(scaled).leverages];
    for (const scores of found) {
      scores.forEach((score, i) => {
        assert.ok(Math.abs(score - expected[i]!) < 1e-12, `${unit}, row ${i}`);
      });
    }
  }
});

test("the residual of a fit scales with the values", () => {
  const basis = productBasis({ families: [legendre()], degree: 3 });
  const { points, weights } = repeatDpp(basis, 2, new Rng(3));
  const y = Float64Array.from({ length: 8 }, (_, i) => Math.sin(i));
  const { residual } = weightedLeastSquares(points, y, basis, weights);
  for (const unit of [1e-200, 1e200]) {
    const values = y.map((v) => v * unit);
    const scaled = weightedLeastSquares(points, values, basis, weights);
    assert.ok(Math.abs(scaled.residual / (unit * residual) - 1) < 1e-9);
  }
});

test("errors carry a code and name the argument as the documentation does", () => {
  const thrown = (code: string, message: RegExp, work: () => unknown) =>
    assert.throws(work, { code, message });
  const none = null as never;
  thrown("ERR_TYPE", /^productBasis: families\[0\]/, () =>
    productBasis({ families: [3 as never], degree: 1 }),
  );
  thrown("ERR_DOMAIN", /^hermite: standardDeviation/, () => hermite(0, 0));
  thrown("ERR_DOMAIN", /^hermite: mean/, () => hermite(Number.NaN));
  thrown("ERR_DOMAIN", /^laguerre: mean/, () => laguerre(0));
  thrown("ERR_TYPE", /^splines: options/, () => splines(none));
  const basis = productBasis({ families: [legendre()], degree: 1 });
  thrown("ERR_TYPE", /^thin: sample/, () => thin(basis, none, 0.1));
  const process = FiniteDpp.fromLikelihood(matrix(2, 2, [1, 0, 0, 1]));
  thrown("ERR_TYPE", /^FiniteDpp.probability: items/, () => process.probability(none));
  thrown("ERR_TYPE", /^columnError: columns/, () => columnError(matrix(1, 1, [1]), none));
  const half = { data: new Float64Array(1), rows: 0.5, cols: 2 };
  thrown("ERR_DOMAIN", /^leverageScores: a.rows/, () => leverageScores(half));
});
