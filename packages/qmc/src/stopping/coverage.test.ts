import assert from "node:assert/strict";
import { test } from "node:test";
import { CustomFun, type Integrand, Keister, MLCallOptions } from "../integrands/index.ts";
import { Uniform } from "../measures/uniform.ts";
import { IIDStdUniform } from "../sequences/iid-std-uniform.ts";
import { Lattice } from "../sequences/lattice/lattice.ts";
import { Sobol } from "../sequences/sobol.ts";
import {
  CubMCCLT,
  CubMCCLTVec,
  CubMCG,
  CubMLMC,
  CubMLMCCont,
  CubMLQMC,
  CubMLQMCCont,
  CubQMCBayesLatticeG,
  CubQMCBayesNetG,
  CubQMCLatticeG,
  CubQMCNetG,
  CubQMCRepStudentT,
  type StoppingCriterion,
} from "./index.ts";

/** How many of `runs` seeds give an error over the tolerance. */
async function misses(
  rule: (seed: number) => StoppingCriterion,
  exact: number,
  tolerance: number,
  runs: number,
): Promise<number> {
  let missed = 0;
  for (let seed = 1; seed <= runs; seed++) {
    const { solution } = await rule(1000 * seed + runs).integrate();
    if (Math.abs(solution[0]! - exact) > tolerance) missed++;
  }
  return missed;
}

const keister = {
  lattice: (seed: number) => new Keister(new Lattice({ dimension: 3, seed })),
  net: (seed: number) => new Keister(new Sobol({ dimension: 3, seed })),
  replicated: (seed: number) => new Keister(new Sobol({ dimension: 3, seed, replications: 16 })),
  iid: (seed: number) => new Keister(new IIDStdUniform({ dimension: 3, seed })),
};
const exact = Keister.exactValue(3);
const absTol = 2e-3;

const rules: Record<string, (seed: number) => StoppingCriterion> = {
  CubQMCLatticeG: (seed) => new CubQMCLatticeG(keister.lattice(seed), { absTol }),
  CubQMCNetG: (seed) => new CubQMCNetG(keister.net(seed), { absTol }),
  CubQMCBayesLatticeG: (seed) => new CubQMCBayesLatticeG(keister.lattice(seed), { absTol }),
  CubQMCBayesNetG: (seed) => new CubQMCBayesNetG(keister.net(seed), { absTol }),
  CubQMCRepStudentT: (seed) =>
    new CubQMCRepStudentT(keister.replicated(seed), { absTol, nInit: 64 }),
};
for (const [name, rule] of Object.entries(rules)) {
  test(`${name} keeps its tolerance on 20 seeds`, async () => {
    assert.ok((await misses(rule, exact, absTol, 20)) <= 1);
  });
}

test("the test above can fail: a rule that believes its first points misses", async () => {
  const rule = (seed: number) =>
    new CubQMCNetG(keister.net(seed), { absTol, nInit: 256, fudge: () => 0 });
  assert.ok((await misses(rule, exact, absTol, 20)) >= 5);
});

test("the Monte Carlo rules keep theirs", async () => {
  const tolerance = 0.05;
  for (const rule of [CubMCCLT, CubMCCLTVec, CubMCG]) {
    const missed = await misses(
      (seed) => new rule(keister.iid(seed), { absTol: tolerance }),
      exact,
      tolerance,
      20,
    );
    assert.ok(missed <= 1, `${rule.name} missed ${missed} of 20`);
  }
  const relative = await misses(
    (seed) => new CubMCG(keister.iid(seed), { absTol: 0, relTol: 0.03 }),
    exact,
    0.03 * exact,
    10,
  );
  assert.equal(relative, 0);
});

test("the multilevel rules keep theirs on a European option with a known price", async () => {
  const option = (iid: boolean, seed: number) =>
    new MLCallOptions(
      iid
        ? new IIDStdUniform({ dimension: 1, seed })
        : new Sobol({ dimension: 1, seed, replications: 16 }),
    );
  const price = 10.450583572185565;
  for (const rule of [CubMLMC, CubMLMCCont, CubMLQMC, CubMLQMCCont]) {
    const iid = rule === CubMLMC || rule === CubMLMCCont;
    const tolerance = iid ? 0.2 : 0.05;
    const missed = await misses(
      (seed) => new rule(option(iid, seed), { absTol: tolerance }),
      price,
      tolerance,
      8,
    );
    assert.ok(missed <= 1, `${rule.name} missed ${missed} of 8`);
  }
});

test("a negative integral stays negative (QMCPy's Bayesian rules give its absolute value)", async () => {
  const negative = (x: Float64Array, n: number) =>
    new Float64Array(n).map((_, i) => -(1 + x[2 * i]! + x[2 * i + 1]!));
  const over = (sequence: Lattice | Sobol): Integrand =>
    new CustomFun(new Uniform(sequence), negative);
  for (const rule of [
    new CubQMCBayesLatticeG(over(new Lattice({ dimension: 2 }))),
    new CubQMCBayesNetG(over(new Sobol({ dimension: 2 }))),
  ]) {
    for (const errorBound of ["MLE", "full", "GCV"] as const) {
      const Rule = rule.constructor as new (
        integrand: Integrand,
        options: object,
      ) => StoppingCriterion;
      const { solution } = await new Rule(rule.integrand, { errorBound }).integrate();
      assert.ok(Math.abs(solution[0]! + 2) < 1e-2, `${rule.name} ${errorBound}: ${solution[0]}`);
    }
  }
});

test("the lattice rule meets a tight tolerance on Keister (with the Baker transform it may not)", async () => {
  const missed = await misses(
    (seed) => new CubQMCLatticeG(keister.lattice(seed), { absTol: 1e-4 }),
    exact,
    1e-4,
    20,
  );
  assert.equal(missed, 0);
});
