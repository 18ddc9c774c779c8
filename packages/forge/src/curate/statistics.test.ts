/**
 * Numbers of SciPy 1.17.1 and statsmodels 0.15.0 on the data that `lehmer` below makes in the same
 * order: the root of ConditionalLogit(y, log2(tokens), groups=task).score by brentq (its own fit stops
 * at four digits), its hessian and loglike there,
 * binomtest(k, n), proportion_confint(k, n, method="wilson"), kendalltau(x, y, method=...),
 * 2 * norm.sf(z).
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import fc from "fast-check";
import { conditionalLogit } from "./conditional-logit.ts";
import { arl, difficultyBins } from "./difficulty.ts";
import { poolOf } from "./fixture.ts";
import { kendall, rankAgreement } from "./kendall.ts";
import { lengthAccuracyCurve, wilson } from "./length-accuracy.ts";
import { twoSidedTail } from "./normal-tail.ts";
import { lengthSignTest, withinTaskEffect } from "./within-task-effect.ts";

/** The minimal generator of Park and Miller with its later multiplier. */
function lehmer(): () => number {
  let state = 12345;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}
const near = (got: number, expected: number, tolerance = 1e-9) =>
  assert.ok(
    Math.abs(got - expected) <= tolerance * Math.abs(expected),
    `expected ${expected}, got ${got}`,
  );

const next = lehmer();
const rows: [string, number, number][] = [];
for (let task = 0; task < 40; task++) {
  const hard = next();
  for (let k = 0; k < 8; k++) {
    const tokens = 1 + Math.floor(4000 * hard * next() + 500 * next());
    rows.push([`t${task}`, tokens, next() < 0.9 - 0.7 * hard - 0.00005 * tokens ? 2 : 0]);
  }
}
const pool = poolOf(rows);

test("within-task effect: conditional logistic regression and sign test", () => {
  const effect = withinTaskEffect(pool);
  near(effect.logOddsPerDoubling, -0.23470264922046588);
  near(effect.standardError, 0.13605724804689653, 1e-6);
  near(effect.pValue, 0.0845223117317899, 1e-6);
  near(effect.interval[0], -0.5013699552280158, 1e-6);
  near(effect.interval[1], 0.03196465678708396, 1e-5);
  assert.deepEqual([effect.tasks, effect.samples], [39, 312]);
  const { signTest } = effect;
  assert.deepEqual([signTest.shorterIsRight, signTest.longerIsRight, signTest.ties], [21, 18, 0]);
  near(signTest.pValue, 0.7492586247608418);
});

test("the likelihood at the maximum is that of statsmodels", () => {
  const strata = pool.table.byTask().map((at) => ({
    x: at.map((i) => Math.log2(pool.table.tokens[i]!)),
    success: at.map((i) => pool.table.correct[i]!),
  }));
  near(conditionalLogit(strata).logLikelihood, -135.79265131002768);
});

test("one pair a stratum: the closed form of McNemar where the gap is one", () => {
  const pair = (shorterRight: boolean) => ({ x: [0, 1], success: [shorterRight, !shorterRight] });
  const strata = Array.from({ length: 40 }, (_, k) => pair(k < 30));
  const fit = conditionalLogit(strata);
  near(fit.coefficient, Math.log(10 / 30), 1e-8);
  near(fit.standardError, Math.sqrt(1 / 10 + 1 / 30), 1e-8);
});

test("the conditional likelihood is the sum over all sets", () => {
  const property = fc.property(
    fc.array(fc.tuple(fc.double({ min: -3, max: 3, noNaN: true }), fc.boolean()), {
      minLength: 3,
      maxLength: 8,
    }),
    fc.integer({ min: 0, max: 2 ** 31 }),
    (drawn, seed) => {
      const rng = new Rng(seed);
      // A second stratum with both directions keeps the maximum finite.
      const strata = [
        { x: drawn.map(([x]) => x), success: drawn.map(([, y]) => y) },
        { x: [0, 1, 0.5, -1], success: [1, 0, 1, 0] },
        { x: [0, 1, 0.5 + rng.uniform() / 4, -1], success: [0, 1, 0, 1] },
      ];
      const { coefficient: b, logLikelihood } = conditionalLogit(strata);
      const brute = (at: number) => {
        let value = 0;
        for (const { x, success } of strata) {
          const m = success.filter(Boolean).length;
          let all = 0;
          for (let set = 0; set < 2 ** x.length; set++) {
            const members = x.filter((_, i) => (set >> i) & 1);
            if (members.length === m) all += Math.exp(at * members.reduce((s, v) => s + v, 0));
          }
          const own = x.reduce((s, v, i) => s + (success[i] ? v : 0), 0);
          value += at * own - Math.log(all);
        }
        return value;
      };
      assert.ok(Math.abs(brute(b) - logLikelihood) < 1e-9);
      assert.ok(brute(b) >= brute(b + 1e-3) && brute(b) >= brute(b - 1e-3));
    },
  );
  fc.assert(property, { numRuns: 60 });
});

test("no finite answer is an error; the sign test still answers", () => {
  const separated = poolOf([
    ["a", 10, 2],
    ["a", 20, 0],
    ["b", 5, 2],
    ["b", 9, 0],
  ]);
  assert.throws(() => withinTaskEffect(separated), { code: "ERR_NUMERIC", message: /-infinity/ });
  assert.deepEqual(lengthSignTest(separated), {
    shorterIsRight: 2,
    longerIsRight: 0,
    ties: 0,
    pValue: 0.5,
  });
  const constant = poolOf([
    ["a", 10, 2],
    ["a", 10, 0],
  ]);
  assert.throws(() => withinTaskEffect(constant), { code: "ERR_NUMERIC" });
  assert.equal(lengthSignTest(constant).ties, 1);
  assert.equal(lengthSignTest(poolOf([["a", 1, 2]])).pValue, 1);
});

test("difficulty alone makes an aggregate effect and none within tasks", () => {
  const rng = new Rng(5);
  const drawn: [string, number, number][] = [];
  for (let task = 0; task < 300; task++) {
    const hard = rng.uniform();
    for (let k = 0; k < 6; k++) {
      const tokens = Math.ceil(200 + 4000 * hard * (0.5 + rng.uniform()));
      drawn.push([`t${task}`, tokens, rng.uniform() < 1 - hard ? 2 : 0]);
    }
  }
  const confounded = poolOf(drawn);
  const curve = lengthAccuracyCurve(confounded, 2048);
  assert.ok(curve[0]!.interval[0] > curve[1]!.interval[1]); // shorter is right, over all tasks
  const { interval } = withinTaskEffect(confounded);
  assert.ok(interval[0] < 0 && interval[1] > 0);
});

test("Wilson's interval", () => {
  const known: [number, number, number, number][] = [
    [0, 5, 0, 0.43448246478317487],
    [3, 10, 0.10779126740630104, 0.6032218525388546],
    [10, 10, 0.7224672001371106, 1],
    [481, 1000, 0.4501645630755934, 0.5119808537468576],
  ];
  for (const [k, n, low, high] of known) {
    near(wilson(k, n)[0], low);
    near(wilson(k, n)[1], high);
  }
  for (const [k, n] of [
    [1, 0],
    [-1, 3],
    [4, 3],
    [Number.NaN, 3],
  ] as const)
    assert.throws(() => wilson(k, n), { code: "ERR_DOMAIN" });
});

test("length bins: a bin holds its lower end, not its upper; empty ones are left out", () => {
  const curve = lengthAccuracyCurve(
    poolOf([
      ["a", 1, 2],
      ["a", 255, 0],
      ["a", 256, 2],
      ["b", 1024, 0],
    ]),
  );
  assert.deepEqual(
    curve.map(({ from, to, n, correct, accuracy }) => [from, to, n, correct, accuracy]),
    [
      [0, 256, 2, 1, 0.5],
      [256, 512, 1, 1, 1],
      [1024, 1280, 1, 0, 0],
    ],
  );
  assert.throws(() => lengthAccuracyCurve(pool, 0), { code: "ERR_DOMAIN" });
});

test("Kendall's tau-b: ties by the normal limit, none by the exact law", () => {
  const draw = lehmer();
  for (let k = 0; k < 40 + 40 * 8 * 3; k++) draw();
  const list = (n: number, f: (i: number) => number) => Array.from({ length: n }, (_, i) => f(i));
  const x = list(60, () => Math.floor(20 * draw()));
  const y = list(60, (i) => x[i]! + Math.floor(20 * draw()));
  const tied = kendall(x, y);
  near(tied.tau, 0.5442262706638474);
  near(tied.pValue, 3.038164198203349e-9, 1e-8);
  const a = list(12, () => draw());
  const b = list(12, (i) => a[i]! + 0.8 * draw());
  near(kendall(a, b).tau, 0.5757575757575757);
  near(kendall(a, b).pValue, 0.008757732750788306);
  const c = list(33, () => draw());
  const d = list(33, (i) => c[i]! + 2 * draw());
  near(kendall(c, d).tau, 0.29924242424242425);
  near(kendall(c, d).pValue, 0.014155706161866672);
  near(kendall([1, 1, 2], [1, 2, 2]).tau, 0.5);
  near(kendall([1, 1, 2], [1, 2, 2]).pValue, 0.4795001221869535);
});

test("Kendall's tau-b counts pairs", () => {
  const value = fc.integer({ min: 0, max: 5 });
  const property = fc.property(
    fc.array(fc.tuple(value, value), { minLength: 2, maxLength: 40 }),
    (points) => {
      const [x, y] = [points.map(([v]) => v), points.map(([, v]) => v)];
      let [score, tiedX, tiedY] = [0, 0, 0];
      for (let i = 0; i < x.length; i++) {
        for (let j = 0; j < i; j++) {
          score += Math.sign(x[i]! - x[j]!) * Math.sign(y[i]! - y[j]!);
          tiedX += x[i] === x[j] ? 1 : 0;
          tiedY += y[i] === y[j] ? 1 : 0;
        }
      }
      const pairs = (x.length * (x.length - 1)) / 2;
      if (tiedX === pairs || tiedY === pairs) {
        assert.throws(() => kendall(x, y), { code: "ERR_NUMERIC" });
        return;
      }
      const tau = score / Math.sqrt((pairs - tiedX) * (pairs - tiedY));
      assert.ok(Math.abs(kendall(x, y).tau - tau) < 1e-12);
    },
  );
  fc.assert(property);
  assert.throws(() => kendall([1, Number.NaN], [1, 2]), { code: "ERR_DOMAIN" });
  assert.throws(() => kendall([1], [2]), { code: "ERR_SHAPE" });
});

test("rank agreement looks at the tasks that both have", () => {
  const a = new Map([
    ["x", 1],
    ["y", 2],
    ["z", 3],
    ["only a", 0],
  ]);
  const b = new Map([
    ["z", 30],
    ["x", 10],
    ["y", 20],
    ["only b", 99],
  ]);
  assert.deepEqual([rankAgreement(a, b).tau, rankAgreement(a, b).n], [1, 3]);
  assert.throws(() => rankAgreement(a, new Map([["x", 1]])), /two tasks in common/);
});

test("average length and classes of difficulty: thirds, ties together", () => {
  const lengths = arl(
    poolOf([
      ["a", 10, 2],
      ["a", 20, 0],
      ["b", 8, 2],
    ]),
  );
  assert.deepEqual(
    [...lengths],
    [
      ["a", 15],
      ["b", 8],
    ],
  );
  const bins = (values: number[], k?: number) => [
    ...difficultyBins(new Map(values.map((v, i) => [`t${i}`, v])), k).values(),
  ];
  assert.deepEqual(bins([6, 5, 4, 3, 2, 1]), [2, 2, 1, 1, 0, 0]);
  assert.deepEqual(bins([7, 7, 7, 7]), [1, 1, 1, 1]);
  assert.deepEqual(bins([1, 1, 1, 9]), [1, 1, 1, 2]);
  assert.deepEqual(bins([1, 2], 1), [0, 0]);
  assert.deepEqual(bins([]), []);
  assert.throws(() => bins([1], 0), { code: "ERR_DOMAIN" });
  assert.throws(() => bins([Number.NaN]), { code: "ERR_DOMAIN" });
});

test("the normal tail", () => {
  const known: [number, number][] = [
    [0, 1],
    [0.3, 0.7641771556220948],
    [1.5, 0.13361440253771614],
    [2.7, 0.006933947606081329],
    [2.9, 0.003731626600768075],
    [5, 5.733031437583866e-7],
    [12, 3.552964224155306e-33],
  ];
  for (const [z, p] of known) near(twoSidedTail(z), p, 1e-11);
});
