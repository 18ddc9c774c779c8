import { cholesky, choleskySolve, matrix } from "@daily-kernel/compute";
import { mean } from "../../stopwatch/statistics.ts";
import type { Counters, Judge } from "../attempt.ts";
import type { MetricRun } from "../select-metrics.ts";
import type { Method } from "../templates/methods.ts";
import { ruleJudge } from "./rule-judge.ts";

/** A ridge regression of log run time, less its mean over the task, on standardised counters. */
export interface LinearModel {
  readonly names: readonly string[];
  readonly weights: readonly number[];
  readonly centres: readonly number[];
  readonly scales: readonly number[];
  /** What the fastest tenth of the runs have, standardised. */
  readonly good: readonly number[];
}

/** Log times of the runs less the mean of each task: what a model across tasks can explain. */
export function relativeTimes(runs: readonly MetricRun[]): number[] {
  const means = new Map(
    [...Map.groupBy(runs, ({ task }) => task)].map(([task, group]) => [
      task,
      mean(group.map(({ ns }) => Math.log(ns))),
    ]),
  );
  return runs.map(({ task, ns }) => Math.log(ns) - means.get(task)!);
}

/** Fits the model by the normal equations (Hoerl and Kennard 1970); a missing counter counts 0. */
export function fitLinear(
  runs: readonly MetricRun[],
  names: readonly string[],
  penalty = 1,
): LinearModel {
  const y = relativeTimes(runs);
  const columns = names.map((name) => runs.map(({ counters }) => counters[name] ?? 0));
  const centres = columns.map(mean);
  const scales = columns.map((column, j) => {
    const spread = Math.sqrt(mean(column.map((x) => (x - centres[j]!) ** 2)));
    return spread > 0 ? spread : 1;
  });
  const z = columns.map((column, j) => column.map((x) => (x - centres[j]!) / scales[j]!));
  const d = names.length;
  const gram = matrix(d, d);
  const right = matrix(d, 1);
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++)
      gram.data[a * d + b] = z[a]!.reduce(
        (sum, x, i) => sum + x * z[b]![i]!,
        a === b ? penalty : 0,
      );
    right.data[a] = z[a]!.reduce((sum, x, i) => sum + x * y[i]!, 0);
  }
  const weights = d === 0 ? [] : [...choleskySolve(cholesky(gram), right).data];
  const limit = y.toSorted((a, b) => a - b)[Math.floor(y.length / 10)] ?? 0;
  const fast = [...y.keys()].filter((i) => y[i]! <= limit);
  const good = z.map((column) => mean(fast.map((i) => column[i]!)));
  return { names, weights, centres, scales, good };
}

/** The predicted log run time, relative to the task's mean. */
export const predictLinear = (model: LinearModel, counters: Counters): number =>
  model.names.reduce(
    (sum, name, j) => sum + model.weights[j]! * standard(model, counters, j, name),
    0,
  );

const standard = ({ centres, scales }: LinearModel, counters: Counters, j: number, name: string) =>
  ((counters[name] ?? 0) - centres[j]!) / scales[j]!;

/** What to do about a counter that is not where fast kernels have it. */
const remedies: Readonly<Record<string, Method>> = {
  packedShare: "use vectors",
  fusedShare: "use vectors",
  vectorBits: "widen vectors",
  flopsPerLoad: "enlarge the register tile",
  spills: "shrink the register tile",
  stridedPointers: "pack operands",
  libraryCalls: "replace the library call",
  loopFlops: "unroll",
  loopInstructions: "unroll",
  codeBytes: "unroll less",
  streamedStores: "stream stores",
  prefetches: "prefetch",
};

/**
 * A Judge that knows a linear model and no rules: it names the counter that, by the model, costs the
 * most time against fast kernels, and the remedy for it.
 */
export function linearJudge(model: LinearModel): Judge {
  const fallback = ruleJudge();
  return {
    name: `linear model of ${model.names.length} counters`,
    async diagnose(context) {
      if (context.mode === "correctness") return fallback.diagnose(context);
      const counters = context.last.counters ?? {};
      let worst = { name: "", cost: 0 };
      for (const [j, name] of model.names.entries()) {
        const cost = model.weights[j]! * (standard(model, counters, j, name) - model.good[j]!);
        if (remedies[name] && cost > worst.cost) worst = { name, cost };
      }
      const method = remedies[worst.name] ?? "unroll";
      return {
        advice: {
          bottleneck: `${worst.name || "no counter"} costs a factor ${Math.exp(worst.cost).toFixed(2)}`,
          optimisation_method: method,
          modification_plan: `Change ${worst.name || "the inner loop"} towards what fast kernels have.`,
        },
      };
    },
  };
}
