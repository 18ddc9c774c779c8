import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CustomFun,
  FinancialOption,
  Keister,
  MLCallOptions,
  MultilevelOption,
  ratios,
} from "../integrands/index.ts";
import { Kumaraswamy } from "../measures/kumaraswamy.ts";
import { Uniform } from "../measures/uniform.ts";
import { Halton } from "../sequences/any-base/halton.ts";
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
  type IntegrationProgress,
  type SavedState,
  type StoppingCriterion,
} from "./index.ts";

const net = () => new Keister(new Sobol({ dimension: 2, seed: 5 }));
const lattice = () => new Keister(new Lattice({ dimension: 2, seed: 5 }));
const replicated = () => new Keister(new Sobol({ dimension: 2, seed: 5, replications: 8 }));
const iid = () => new Keister(new IIDStdUniform({ dimension: 2, seed: 5 }));
const levels = (replications: number) =>
  new MLCallOptions(
    replications === 1
      ? new IIDStdUniform({ dimension: 1, seed: 5 })
      : new Sobol({ dimension: 1, seed: 5, replications }),
  );

/** Every rule with a loose and a tight tolerance. */
const rules: Record<string, (absTol: number) => StoppingCriterion> = {
  CubQMCNetG: (absTol) => new CubQMCNetG(net(), { absTol: absTol / 100 }),
  CubQMCLatticeG: (absTol) => new CubQMCLatticeG(lattice(), { absTol: absTol / 1e4 }),
  CubQMCRepStudentT: (absTol) => new CubQMCRepStudentT(replicated(), { absTol: absTol / 100 }),
  CubQMCBayesNetG: (absTol) => new CubQMCBayesNetG(net(), { absTol: absTol / 100 }),
  CubQMCBayesLatticeG: (absTol) => new CubQMCBayesLatticeG(lattice(), { absTol: absTol / 1e4 }),
  CubMCCLTVec: (absTol) => new CubMCCLTVec(iid(), { absTol }),
  CubMCCLT: (absTol) => new CubMCCLT(iid(), { absTol }),
  CubMCG: (absTol) => new CubMCG(iid(), { absTol }),
  CubMLMC: (absTol) => new CubMLMC(levels(1), { absTol: 4 * absTol }),
  CubMLMCCont: (absTol) => new CubMLMCCont(levels(1), { absTol: 4 * absTol }),
  CubMLQMC: (absTol) => new CubMLQMC(levels(8), { absTol }),
  CubMLQMCCont: (absTol) => new CubMLQMCCont(levels(8), { absTol }),
};

for (const [name, rule] of Object.entries(rules)) {
  test(`${name}: a run continues from its saved state as if it had never stopped`, async () => {
    const loose = await rule(0.2).integrate();
    assert.ok(loose.converged);
    const saved = JSON.parse(JSON.stringify(loose.state())) as SavedState;
    const before = structuredClone(saved);
    const resumed = await rule(0.05).integrate({ resume: saved });
    const direct = await rule(0.05).integrate();
    assert.deepEqual(saved, before, "the state that was given is not changed");
    assert.ok(resumed.converged && resumed.n >= loose.n);
    assert.ok(resumed.seconds >= loose.seconds);
    if (name.startsWith("CubQMC") || name.startsWith("CubMC")) {
      assert.equal(resumed.n, direct.n);
      assert.ok(Math.abs(resumed.solution[0]! - direct.solution[0]!) < 1e-13);
    } else {
      assert.ok(Math.abs(resumed.solution[0]! - direct.solution[0]!) < 0.4);
    }
    const again = await rule(0.2).integrate({ resume: saved });
    assert.equal(again.n, loose.n, "a tolerance that is met takes no points");
  });

  test(`${name}: cancelled, and resumed from the last progress`, async () => {
    const controller = new AbortController();
    let last: IntegrationProgress | undefined;
    const running = rule(0.02).integrate({
      signal: controller.signal,
      onProgress: (progress) => {
        last ??= progress;
        controller.abort(new Error("enough"));
      },
    });
    // a rule that is done after one step has nothing to cancel
    const outcome = await running.then(
      () => "done",
      (error: Error) => error.message,
    );
    assert.ok(outcome === "done" || outcome === "enough");
    const { converged } = await rule(0.02).integrate({ resume: last!.state() });
    assert.ok(converged);
  });

  test(`${name}: the log has a line a step, and bounds that hold the solution`, async () => {
    const { log, n, solution, bounds, flags } = await rule(0.2).integrate();
    assert.ok(log.length >= 1);
    assert.equal(log.at(-1)!.n, n);
    assert.ok(log.every((entry, k) => k === 0 || entry.n >= log[k - 1]!.n));
    assert.ok(bounds.lower[0]! <= solution[0]! && solution[0]! <= bounds.upper[0]!);
    assert.deepEqual(flags, []);
  });
}

test("run yields what integrate reports", async () => {
  const steps: number[] = [];
  const running = new CubQMCNetG(net(), { absTol: 1e-4 }).run();
  for await (const { n } of running) steps.push(n);
  assert.ok(steps.length > 1);
  assert.ok(steps.every((n, k) => n === steps[0]! * 2 ** k));
});

test("a state of another rule, or of other points, is refused", async () => {
  const { state } = await new CubQMCNetG(net()).integrate();
  await assert.rejects(new CubQMCLatticeG(lattice()).integrate({ resume: state() }), {
    code: "ERR_DATA",
    message: /CubQMCLatticeG, got one of CubQMCNetG/,
  });
  const other = new CubQMCNetG(new Keister(new Sobol({ dimension: 3, seed: 5 })));
  await assert.rejects(other.integrate({ resume: state() }), {
    code: "ERR_DATA",
    message: /dimension: saved with 2, this has 3/,
  });
  const damaged = { ...state(), data: { counts: [1024] } };
  await assert.rejects(new CubQMCNetG(net()).integrate({ resume: damaged }), { code: "ERR_DATA" });
});

test("the limit of points ends a run that is not converged", async () => {
  const rule = new CubQMCNetG(net(), { absTol: 1e-9, nLimit: 2048 });
  const { n, converged, met } = await rule.integrate();
  assert.equal(n, 2048);
  assert.equal(converged, false);
  assert.deepEqual([...met], [0]);
  const monteCarlo = await new CubMCG(iid(), { absTol: 1e-4, nLimit: 5000 }).integrate();
  assert.equal(monteCarlo.n, 5000);
  assert.equal(monteCarlo.converged, false);
});

test("the cone condition: a function with a surprise is flagged, a calm one is not", async () => {
  const over = (f: (x: number) => number) =>
    new CustomFun(new Uniform(new Lattice({ dimension: 1, randomize: "none" })), (x, n) =>
      new Float64Array(n).map((_, i) => f(x[i]!)),
    );
  const options = { absTol: 1e-10, nInit: 256, nLimit: 2 ** 14, periodization: "none" } as const;
  // up to 2^11 points see the two cosines cancel
  const cosine = (h: number, x: number) => Math.cos(2 * Math.PI * h * x);
  const surprise = over((x) => x * (1 - x) + cosine(200, x) - cosine(2248, x));
  const flagged = await new CubQMCLatticeG(surprise, { ...options, checkCone: true }).integrate();
  assert.deepEqual(flagged.flags, ["cone-violated"]);
  const calm = over((x) => x * (1 - x));
  const { flags } = await new CubQMCLatticeG(calm, { ...options, checkCone: true }).integrate();
  assert.deepEqual(flags, []);
  assert.deepEqual((await new CubQMCLatticeG(surprise, options).integrate()).flags, []);
});

test("control variates save points, in every rule that takes them", async () => {
  const sequences = {
    net: new Sobol({ dimension: 8, seed: 2 }),
    iid: new IIDStdUniform({ dimension: 8, seed: 2 }),
  };
  for (const [kind, sequence] of Object.entries(sequences)) {
    const asian = new FinancialOption(sequence, { option: "asian" });
    const geometric = new FinancialOption(sequence, { asianMean: "geometric", asianRule: "right" });
    const variates = {
      controlVariates: [geometric],
      controlVariateMeans: [geometric.exactValue()],
    };
    const [Rule, absTol] =
      kind === "net" ? ([CubQMCNetG, 1e-3] as const) : ([CubMCCLT, 0.05] as const);
    const plain = await new Rule(asian, { absTol }).integrate();
    const helped = await new Rule(asian, { absTol, ...variates }).integrate();
    assert.ok(helped.n < plain.n, `${kind}: ${helped.n} and ${plain.n}`);
    assert.ok(Math.abs(helped.solution[0]! - plain.solution[0]!) < 2 * absTol);
  }
  const updated = new CubQMCNetG(net(), { updateBeta: true, absTol: 1e-3 });
  assert.ok((await updated.integrate()).converged);
});

test("control variates whose columns repeat do not break the fit", async () => {
  const sequence = new Sobol({ dimension: 2, seed: 2 });
  const keister = new Keister(sequence);
  const same = new Keister(sequence);
  const rule = new CubQMCNetG(keister, {
    controlVariates: [same, same],
    controlVariateMeans: [Keister.exactValue(2), Keister.exactValue(2)],
  });
  const { solution } = await rule.integrate();
  assert.ok(Math.abs(solution[0]! - Keister.exactValue(2)) < 1e-6);
});

const refused: Record<string, [() => unknown, RegExp]> = {
  "replications for a guaranteed rule": [
    () => new CubQMCNetG(replicated()),
    /1 replication, got 8/,
  ],
  "one replication for the t rule": [
    () => new CubQMCRepStudentT(net()),
    /at least 2 replications, got 1/,
  ],
  "a lattice for the net rule": [() => new CubQMCNetG(lattice()), /must be a net/],
  "a net for the lattice rule": [() => new CubQMCLatticeG(net()), /must be a lattice/],
  "Halton for the net rule": [
    () => new CubQMCNetG(new Keister(new Halton({ dimension: 2 }))),
    /must be a net/,
  ],
  "a tree scramble for the net rule": [
    () => new CubQMCNetG(new Keister(new Sobol({ dimension: 2, randomize: "NUS" }))),
    /must be a net/,
  ],
  "Gray order for the net rule": [
    () => new CubQMCBayesNetG(new Keister(new Sobol({ dimension: 2, order: "gray" }))),
    /natural order/,
  ],
  "a net for a Monte Carlo rule": [() => new CubMCG(net()), /IIDStdUniform/],
  "independent points for the t rule": [
    () => new CubQMCRepStudentT(new Keister(new IIDStdUniform({ dimension: 1, replications: 4 }))),
    /low-discrepancy/,
  ],
  "a negative tolerance": [() => new CubQMCNetG(net(), { absTol: -1 }), /absTol.*-1/],
  "a NaN tolerance": [() => new CubQMCNetG(net(), { relTol: Number.NaN }), /relTol.*NaN/],
  "two tolerances for one solution": [
    () => new CubQMCNetG(net(), { absTol: [1, 2] }),
    /1 numbers, got 2/,
  ],
  "n_init no power of two": [() => new CubQMCNetG(net(), { nInit: 1000 }), /power of two.*1000/],
  "a limit below the first points": [() => new CubQMCNetG(net(), { nLimit: 512 }), /nLimit.*512/],
  "alpha 1": [() => new CubMCCLT(iid(), { alpha: 1 }), /alpha.*1/],
  "a control variate on other points": [
    () => new CubQMCNetG(net(), { controlVariates: [net()], controlVariateMeans: [0] }),
    /very sequence/,
  ],
  "a control variate without its mean": [
    () => new CubQMCNetG(net(), { controlVariates: [net()] }),
    /got 0/,
  ],
  "three replications for multilevel": [() => new CubMLQMC(levels(3)), /at least 4/],
  "levels beyond the integrand's": [() => new CubMLMC(levels(1), { levelsMax: 40 }), /levelsMax/],
  "an integrand without levels": [() => new CubMLMC(iid() as never), /MultilevelIntegrand/],
};
for (const [name, [make, message]] of Object.entries(refused)) {
  test(`refused: ${name}`, () => assert.throws(make, message));
}

test("a bias that the finest level leaves is flagged", async () => {
  const base = new MultilevelOption(new Sobol({ dimension: 2, replications: 8 }), {});
  const rule = new CubMLQMC(base, { absTol: 1e-2, levelsMax: 2 });
  const { flags, converged } = await rule.integrate();
  assert.equal(converged, false);
  assert.deepEqual(flags, ["max-levels"]);
});

test("a state of another seed or integrand is refused", async () => {
  const { state } = await new CubQMCNetG(net()).integrate();
  const seed = new CubQMCNetG(new Keister(new Sobol({ dimension: 2, seed: 6 })));
  await assert.rejects(seed.integrate({ resume: state() }), /saved with other points/);
  const other = new FinancialOption(new Sobol({ dimension: 2, seed: 5 }));
  await assert.rejects(new CubQMCNetG(other).integrate({ resume: state() }), /another integrand/);
});

test("a sequence that has no more points ends a run, which keeps its answer", async () => {
  const jump = new CustomFun(new Uniform(new Lattice({ dimension: 1, mMax: 11 })), (x) =>
    x.map((u) => (u < 1 / 3 ? 1 : 0)),
  );
  const { n, converged, flags, solution } = await new CubQMCLatticeG(jump, {
    absTol: 1e-9,
  }).integrate();
  assert.equal(n, 2048);
  assert.equal(converged, false);
  assert.deepEqual(flags, ["points-exhausted"]);
  assert.ok(Math.abs(solution[0]! - 1 / 3) < 1e-2);
});

test("combinations are checked; where a ratio has no bounds, the plug-in estimate stands", async () => {
  const over = (combine: unknown) =>
    new CustomFun(
      new Uniform(new Sobol({ dimension: 1, seed: 5 })),
      (x, n) => Float64Array.from({ length: 2 * n }, (_, k) => (k % 2 ? x[k >> 1]! - 0.5 : 1)),
      { outputs: 2, combinedOutputs: 1, combine: combine as typeof ratios },
    );
  const run = (combine: unknown) => new CubQMCNetG(over(combine), { nLimit: 1024 }).integrate();
  const array = (...values: number[]) => Float64Array.from(values);
  await assert.rejects(
    run(() => ({ lower: array(), upper: array() })),
    { code: "ERR_SHAPE" },
  );
  await assert.rejects(
    run(() => undefined),
    { code: "ERR_TYPE" },
  );
  await assert.rejects(
    run(() => ({ lower: array(Number.NaN), upper: array(1) })),
    {
      code: "ERR_NUMERIC",
    },
  );
  assert.throws(() => over(5), { code: "ERR_TYPE" });
  assert.throws(() => ratios({ lower: array(1), upper: array(1) }), { code: "ERR_SHAPE" });
  const { solution, bounds, converged } = await run(ratios);
  assert.equal(converged, false);
  assert.equal(bounds.upper[0], Number.POSITIVE_INFINITY);
  assert.ok(Math.abs(solution[0]!) > 100, "1 over nearly 0");
});

test("importance sampling from a range that does not cover the measure is refused", () => {
  const narrow = new Uniform(new Kumaraswamy(new Sobol({ dimension: 1 })), { upper: 3 });
  assert.throws(() => new CustomFun(narrow, (x) => x), {
    code: "ERR_DOMAIN",
    message: /all of \[0, 3\] in coordinate 0, the sampler has \[0, 1\]/,
  });
});

test("misspelt and mistyped options are refused by name", () => {
  const unchecked = (options: unknown) => options as never;
  const misspelt = () => new CubQMCNetG(net(), unchecked({ abstol: 1e-3 }));
  assert.throws(misspelt, { code: "ERR_TYPE", message: /no option abstol; it takes absTol/ });
  assert.throws(() => new CubQMCNetG(net(), unchecked({ checkCone: "yes" })), { code: "ERR_TYPE" });
  assert.throws(() => new CubMCCLTVec(iid(), unchecked({ nInit: 10n })), { code: "ERR_TYPE" });
  assert.throws(() => new CubQMCNetG(net(), unchecked({ controlVariates: null })), {
    code: "ERR_TYPE",
  });
  assert.throws(() => new CubQMCLatticeG(lattice(), unchecked({ periodization: 10n })), {
    code: "ERR_DOMAIN",
  });
  assert.throws(() => new CubQMCNetG(unchecked(undefined)), { code: "ERR_TYPE" });
  assert.throws(() => new FinancialOption(new Sobol(), unchecked({ strikePrice: "35" })), {
    code: "ERR_TYPE",
    message: /strikePrice must be a number, got "35"/,
  });
});
