import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { fitLinear, linearJudge, predictLinear, relativeTimes } from "./judges/linear-judge.ts";
import { correlation, type MetricRun, selectMetrics } from "./select-metrics.ts";

/** Kernels whose time goes up with `stalls`, down with `width`, either way with `fickle`. */
function kernels(count = 30): MetricRun[] {
  const rng = new Rng(5);
  return ["one", "two", "three"].flatMap((task, t) =>
    Array.from({ length: count }, () => {
      const [stalls, width] = [rng.uniform(), rng.uniform()];
      const ns = 1000 * (t + 1) * Math.exp(stalls - 0.7 * width + 0.05 * rng.normal());
      const counters = {
        stalls,
        stallsAgain: 2 * stalls + 1,
        width,
        fickle: (t === 1 ? -1 : 1) * ns,
        noise: rng.uniform(),
        constant: 7,
        ...(t === 0 && { onlyHere: stalls + 0.1 * rng.uniform() }),
      };
      return { task, ns, counters };
    }),
  );
}

test("strong counters of one sign are kept; copies, constants, fickle and lonely ones are not", () => {
  const { selected, scores, conflicts } = selectMetrics(kernels(), { percentile: 50 });
  assert.ok(selected.includes("stalls"));
  assert.deepEqual(conflicts.includes("fickle"), true);
  for (const name of ["stallsAgain", "constant", "fickle", "onlyHere"])
    assert.ok(!selected.includes(name), name);
  assert.equal(scores.find(({ name }) => name === "stalls")!.sign, 1);
  assert.equal(scores.find(({ name }) => name === "width")!.sign, -1);
});

test("the order of runs and of counters does not matter", () => {
  const runs = kernels();
  const turned = runs.toReversed().map(({ counters, ...run }) => ({
    ...run,
    counters: Object.fromEntries(Object.entries(counters).reverse()),
  }));
  assert.deepEqual(selectMetrics(turned).selected, selectMetrics(runs).selected);
});

test("few votes, none, and bad percentiles", () => {
  const one = kernels().filter(({ task }) => task === "one");
  assert.deepEqual(selectMetrics(one).selected, []);
  assert.ok(selectMetrics(one, { minTasks: 1 }).selected.length > 0);
  assert.deepEqual(selectMetrics([]).selected, []);
  assert.throws(() => selectMetrics(one, { percentile: 101 }), { code: "ERR_DOMAIN" });
});

test("Pearson's r by hand", () => {
  assert.equal(correlation([1, 2, 3], [2, 4, 6]), 1);
  assert.equal(correlation([1, 2, 3], [3, 2, 1]), -1);
  assert.equal(correlation([1, 1, 1], [3, 2, 1]), null);
  assert.ok(Math.abs(correlation([1, 2, 3, 4], [1, 3, 2, 4])! - 0.8) < 1e-12);
});

test("a linear model finds the weights again, and its Judge blames the right counter", async () => {
  const runs = kernels(200);
  const names = ["stalls", "width", "noise"];
  const model = fitLinear(runs, names, 1e-6);
  const slope = (j: number) => model.weights[j]! / model.scales[j]!;
  assert.ok(Math.abs(slope(0) - 1) < 0.03 && Math.abs(slope(1) + 0.7) < 0.03, `${slope(0)}`);
  assert.ok(Math.abs(slope(2)) < 0.03);
  const y = relativeTimes(runs);
  const error = runs.map((run, i) => Math.abs(predictLinear(model, run.counters) - y[i]!));
  assert.ok(Math.max(...error) < 0.3);
  const bits = fitLinear(
    runs.map((run) => ({ ...run, counters: { vectorBits: run.counters.width! } })),
    ["vectorBits"],
  );
  const { advice } = await linearJudge(bits).diagnose({
    mode: "optimisation",
    last: { counters: { vectorBits: 0 } },
  } as never);
  assert.equal("optimisation_method" in advice && advice.optimisation_method, "widen vectors");
});
