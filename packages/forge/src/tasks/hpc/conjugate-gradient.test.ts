import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { conjugateGradient } from "./conjugate-gradient.ts";
import { csrFromEntries, spmv } from "./csr.ts";
import { laplacian5, laplacian7 } from "./laplacian.ts";
import { spdCsr } from "./random-csr.ts";

/** A right-hand side that any language draws alike, and its iterations in scipy.sparse.linalg.cg 1.10. */
const mixed = (n: number) => Float64Array.from({ length: n }, (_, i) => ((i * 7919) % 1000) / 1000);

test("an 8 x 8 grid takes 31 iterations to 1e-12", () => {
  const a = laplacian5(8, 8);
  const { x, iterations, relativeResidual, converged } = conjugateGradient(a, mixed(64), {
    tolerance: 1e-12,
  });
  assert.deepEqual([iterations, converged], [31, true]);
  assert.ok(relativeResidual <= 1e-12);
  const b = mixed(64);
  for (const [i, value] of spmv(a, x).entries()) assert.ok(Math.abs(value - b[i]!) < 1e-11);
});

test("random matrices are solved, and with the error bound of their condition", () => {
  for (const n of [1, 2, 17, 300]) {
    const rng = new Rng(n);
    const a = spdCsr(n, { condition: 100, rng });
    const exact = rng.fillNormal(new Float64Array(n));
    const { x, converged } = conjugateGradient(a, spmv(a, exact), { tolerance: 1e-12 });
    assert.ok(converged);
    const error = Math.hypot(...x.map((value, i) => value - exact[i]!));
    assert.ok(error <= 100 * 2e-12 * Math.hypot(...exact), `n = ${n}: ${error}`);
  }
});

test("b = 0 gives x = 0 in no iteration; a limit on iterations is told", () => {
  const a = laplacian7(3, 3, 3);
  assert.deepEqual(conjugateGradient(a, new Float64Array(27)), {
    x: new Float64Array(27),
    iterations: 0,
    relativeResidual: 0,
    converged: true,
  });
  const few = conjugateGradient(a, mixed(27), { maxIterations: 2 });
  assert.deepEqual([few.iterations, few.converged], [2, false]);
  assert.ok(few.relativeResidual > 1e-10);
});

test("an indefinite or singular matrix is found out", () => {
  const indefinite = csrFromEntries(2, 2, [
    [0, 0, 1],
    [1, 1, -1],
  ]);
  for (const b of [
    [0, 1],
    [1, 1],
  ]) {
    assert.throws(() => conjugateGradient(indefinite, Float64Array.from(b)), {
      name: "NotPositiveDefinite",
      code: "ERR_NUMERIC",
    });
  }
});

test("bad arguments are refused at the door", () => {
  const a = laplacian5(2, 2);
  assert.throws(() => conjugateGradient(a, new Float64Array(3)), { code: "ERR_SHAPE" });
  assert.throws(() => conjugateGradient(a, Float64Array.of(1, Number.NaN, 0, 0)), /at index 1/);
  assert.throws(() => conjugateGradient(a, mixed(4), { tolerance: 0 }), /tolerance/);
  assert.throws(() => conjugateGradient(a, mixed(4), { maxIterations: 1.5 }), /maxIterations/);
});
