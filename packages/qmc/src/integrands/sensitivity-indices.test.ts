import assert from "node:assert/strict";
import { test } from "node:test";
import { Gaussian } from "../measures/gaussian.ts";
import { Lattice } from "../sequences/lattice/lattice.ts";
import { Sobol } from "../sequences/sobol.ts";
import { CubQMCLatticeG } from "../stopping/cub-qmc-lattice-g.ts";
import { CubQMCNetG } from "../stopping/cub-qmc-net-g.ts";
import { CubQMCRepStudentT } from "../stopping/cub-qmc-rep-student-t.ts";
import { BoxIntegral, Ishigami, Keister, SensitivityIndices } from "./index.ts";

const ishigami = (seed: number) => new Ishigami(new Sobol({ dimension: 3, seed }));

test("Sobol' indices of Ishigami to 1e-3, all subsets, on a seed not chosen", async () => {
  const subsets = SensitivityIndices.allSubsets(3);
  assert.deepEqual(subsets, [[0], [1], [2], [0, 1], [0, 2], [1, 2]]);
  const integrand = new Ishigami(new Sobol({ dimension: 3, seed: 20261, replications: 16 }));
  const indices = new SensitivityIndices(integrand, { subsets });
  const rule = new CubQMCRepStudentT(indices, { absTol: 1e-3 });
  const { solution, bounds, converged } = await rule.integrate();
  assert.ok(converged);
  for (const [k, subset] of subsets.entries()) {
    const { closed, total } = integrand.exactIndices(subset);
    assert.ok(Math.abs(solution[k]! - closed) <= 1e-3, `closed ${subset}: ${solution[k]}`);
    assert.ok(Math.abs(solution[6 + k]! - total) <= 1e-3, `total ${subset}: ${solution[6 + k]}`);
    assert.ok(bounds.lower[k]! <= closed + 1e-12 && bounds.upper[k]! >= closed - 1e-12);
  }
});

test("under a change of variable the indices stay what they are", async () => {
  // QMCPy gives each factor of a product its own weight, and another integral
  const integrand = new Ishigami(new Lattice({ dimension: 3, seed: 3 }));
  const indices = new SensitivityIndices(integrand);
  const { solution } = await new CubQMCLatticeG(indices, { absTol: 2e-2 }).integrate();
  for (const j of [0, 1, 2]) {
    const { closed, total } = integrand.exactIndices([j]);
    assert.ok(Math.abs(solution[j]! - closed) <= 2e-2, `${j}: ${solution[j]} and ${closed}`);
    assert.ok(Math.abs(solution[3 + j]! - total) <= 2e-2, `${j}: ${solution[3 + j]} and ${total}`);
  }
});

test("an integrand of the same points with x and z exchanged has other indices", async () => {
  // The control: mixing in the coordinates that are not in the subset gives the complement's indices.
  const integrand = ishigami(5);
  const swapped = new SensitivityIndices(integrand, { subsets: [[1, 2]] });
  const { solution } = await new CubQMCNetG(swapped, { absTol: 1e-2 }).integrate();
  assert.ok(Math.abs(solution[0]! - integrand.exactIndices([0]).closed) > 0.05);
});

test("bad input", () => {
  const of = (subsets: number[][]) => () => new SensitivityIndices(ishigami(1), { subsets });
  for (const bad of [[], [[]], [[0, 1, 2]], [[3]], [[0, 0]]]) {
    assert.throws(of(bad), { code: "ERR_DOMAIN" });
  }
  const box = new BoxIntegral(new Sobol({ dimension: 2 }), { s: [1, 2] });
  assert.throws(() => new SensitivityIndices(box), { code: "ERR_DOMAIN", message: /one output/ });
  const weighted = new Keister(new Gaussian(new Sobol({ dimension: 2 })));
  assert.throws(() => new SensitivityIndices(weighted), { message: /importance weights/ });
});
