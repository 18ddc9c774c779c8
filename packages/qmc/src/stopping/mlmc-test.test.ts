import assert from "node:assert/strict";
import { test } from "node:test";
import { MLCallOptions, MultilevelIntegrand, MultilevelOption } from "../integrands/index.ts";
import { Uniform } from "../measures/uniform.ts";
import { IIDStdUniform } from "../sequences/iid-std-uniform.ts";
import { Sobol } from "../sequences/sobol.ts";
import { formatMlmcTest, type MlmcTestResult, mlmcTest } from "./index.ts";

const iid = (dimension: number, seed = 7) => new IIDStdUniform({ dimension, seed });
const near = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);

test("MLCallOptions: a European option by Milstein has alpha 1, beta 2, gamma 1", async () => {
  for (const seed of [1, 2, 3]) {
    const { levels, alpha, beta, gamma, warnings } = await mlmcTest(
      new MLCallOptions(iid(1, seed)),
      { n: 2 ** 14, levels: 6, tolerances: [] },
    );
    near(alpha, 1, 0.15);
    near(beta, 2, 0.15);
    near(gamma, 1, 1e-12);
    assert.deepEqual(warnings, []);
    assert.deepEqual(
      levels.map(({ level, cost }) => [level, cost]),
      [0, 1, 2, 3, 4, 5, 6].map((l) => [l, 2 ** l]),
    );
    assert.ok(levels.every(({ check }) => check < 1));
    assert.equal(levels[0]!.mean, levels[0]!.meanFine);
    assert.equal(levels[0]!.check, 0);
    near(levels[6]!.meanFine, 10.4506, 0.4);
  }
});

test("MultilevelOption: the geometric Asian option of QMCPy's documentation", async () => {
  // QMCPy 2.4, docstring of mlmc_test: alpha 1.617, beta 2.000, gamma 1.000; on level 0
  // 5.4486 and 56.73, on level 4 0.00198 and 0.0602, kurtosis 5.46; 20000 points, other ones
  const option = new MultilevelOption(iid(2), {
    option: "asian",
    asianMean: "geometric",
    volatility: 0.2,
    startPrice: 100,
    strikePrice: 100,
    interestRate: 0.05,
  });
  const done: number[] = [];
  const { levels, beta, gamma, complexity } = await mlmcTest(option, {
    levels: 5,
    tolerances: [0.1, 0.02],
    onProgress: (count, total) => done.push(count / total),
  });
  near(beta, 2, 0.05);
  near(gamma, 1, 1e-12);
  near(levels[0]!.mean, 5.4486, 0.25);
  near(levels[0]!.variance, 56.73, 3);
  near(levels[4]!.variance, 0.0602, 0.004);
  near(levels[4]!.kurtosis, 5.46, 0.5);
  assert.deepEqual(
    done,
    [1, 2, 3, 4, 5, 6, 7, 8].map((k) => k / 8),
  );

  const [loose, tight] = complexity as [(typeof complexity)[0], (typeof complexity)[0]];
  assert.deepEqual([loose.tolerance, tight.tolerance], [0.1, 0.02]);
  for (const { solution, converged, counts, cost, tolerance, savings } of complexity) {
    assert.ok(converged);
    near(solution, 5.546818633789201, 4 * tolerance);
    assert.equal(
      cost,
      counts.reduce((sum, n, l) => sum + n * 2 ** (l + 1), 0),
    );
    assert.ok(counts.every((n, l) => l === 0 || n < counts[l - 1]!));
    assert.ok(savings > 1);
  }
  assert.ok(tight.savings > loose.savings && tight.cost > loose.cost);
});

/** Levels whose coarse part is wrong, or whose difference is a rare jump. */
class Faulty extends MultilevelIntegrand {
  readonly cost: number;
  readonly maxLevel = 10;
  readonly fault: "jump" | "shift";

  constructor(sequence: IIDStdUniform, fault: "jump" | "shift", level = 0) {
    super(new Uniform(sequence), level);
    this.cost = 4 ** level;
    this.fault = fault;
  }

  protected override g(x: Float64Array, n: number): Float64Array {
    const shift = this.fault === "shift" ? 1 : 0;
    const jump = (u: number) => (this.fault === "jump" && u < 2e-3 ? 1 : 0);
    const values = new Float64Array(2 * n);
    for (let i = 0; i < n; i++) {
      if (this.level > 0) values[2 * i] = x[i]! + shift - jump(x[i]!);
      values[2 * i + 1] = x[i]! + 2 ** -this.level;
    }
    return values;
  }

  protected override spawnLevel(level: number): Faulty {
    const [sequence] = (this.sequence as IIDStdUniform).spawn([1]) as [IIDStdUniform];
    return new Faulty(sequence, this.fault, level);
  }
}

test("levels that do not fit together, and rare paths, are warned of", async () => {
  const options = { n: 5000, levels: 3, tolerances: [] };
  const shifted = await mlmcTest(new Faulty(iid(1), "shift"), options);
  assert.deepEqual(shifted.warnings, ["consistency"]);
  near(shifted.gamma, 2, 1e-12);
  const rare = await mlmcTest(new Faulty(iid(1), "jump"), options);
  assert.ok(rare.levels[3]!.kurtosis > 100);
  assert.ok(rare.warnings.includes("kurtosis"));
  assert.match(formatMlmcTest(rare), /warning: a kurtosis over 100/);
});

test("the tables as text", () => {
  const level = { mean: 10.25, variance: 150, meanFine: 10.25, varianceFine: 150, kurtosis: 7 };
  const result: MlmcTestResult = {
    n: 1000,
    levels: [
      { level: 0, ...level, check: 0, cost: 1 },
      { level: 1, ...level, mean: -0.125, variance: 0.5, check: 0.25, cost: 2 },
    ],
    alpha: 1,
    beta: 2.0004,
    gamma: 1,
    warnings: ["consistency"],
    complexity: [
      {
        tolerance: 0.1,
        solution: 10.4,
        converged: true,
        counts: [4000, 300, 80],
        cost: 4920,
        standardCost: 120000,
        savings: 120000 / 4920,
      },
    ],
  };
  assert.equal(
    formatMlmcTest(result),
    `1000 points a level (P: the fine payoff, D: its difference from the coarse one)
level      mean D     mean P     var D     var P  kurtosis    check     cost
    0   1.0250e+1  1.0250e+1  1.500e+2  1.500e+2   7.00e+0  0.00e+0  1.00e+0
    1  -1.2500e-1  1.0250e+1  5.000e-1  1.500e+2   7.00e+0  2.50e-1  2.00e+0
alpha 1.000 (mean), beta 2.000 (variance), gamma 1.000 (cost)
warning: a check over 1: coarse payoffs are not the fine ones of the level before
    rmse      value      cost  standard  savings  points a level
1.000e-1  1.0400e+1  4.920e+3  1.200e+5    24.39     4000 300 80`,
  );
});

test("cancelled, and refused input", async () => {
  const european = new MLCallOptions(iid(1));
  const controller = new AbortController();
  const running = mlmcTest(european, {
    n: 1000,
    levels: 3,
    signal: controller.signal,
    onProgress: () => controller.abort(new Error("enough")),
  });
  await assert.rejects(running, /enough/);
  for (const [run, code, message] of [
    [() => mlmcTest({} as never), "ERR_DOMAIN", /MultilevelIntegrand/],
    [() => mlmcTest(new MLCallOptions(new Sobol())), "ERR_DOMAIN", /IIDStdUniform/],
    [() => mlmcTest(european, { n: 10 }), "ERR_DOMAIN", /n must.*100.*got 10/],
    [() => mlmcTest(european, { levels: 13 }), "ERR_DOMAIN", /levels.*2..12, got 13/],
    [() => mlmcTest(european, { tolerances: [1, 0] }), "ERR_DOMAIN", /tolerances\[1\].*got 0/],
    [() => mlmcTest(european, { tolerances: "1" as never }), "ERR_TYPE", /tolerances/],
    [() => mlmcTest(european, { nInit: 1 }), "ERR_DOMAIN", /nInit.*got 1/],
    [() => mlmcTest(european, { levelsMax: 1 }), "ERR_DOMAIN", /levelsMax.*got 1/],
    [() => mlmcTest(european, { onProgress: 1 as never }), "ERR_TYPE", /onProgress/],
  ] as const) {
    await assert.rejects(run, { code, message });
  }
});
