/**
 * Named wrong implementations: the tests put them in the place of ours and see a claim fail.
 */

import {
  type Counters,
  fitLinear,
  type LinearModel,
  type MetricRun,
  type MetricSelection,
  runForge,
  selectMetrics,
} from "@daily-kernel/forge";
import type { Workshop } from "./kernels.ts";
import { rules } from "./search.ts";
import { timing } from "./transcripts.ts";

/** Goes on from the best candidate instead of the last: hands the Coder another past. */
export const fromTheBest: typeof runForge = (options) =>
  runForge({
    ...options,
    coder: {
      name: "from the best",
      propose: (context) => {
        const best = context.attempts
          .filter(({ correct }) => correct)
          .sort((a, b) => b.timing!.speedup - a.timing!.speedup)[0];
        return options.coder.propose({ ...context, last: best ?? context.last });
      },
    },
  });

/** Never asks the Judge: ten blind tries. */
export const withoutJudge: typeof runForge = (options) => runForge({ ...options, modes: [] });

/** Corrects although it was told to optimise only. */
export const alwaysCorrects: typeof runForge = (options) =>
  runForge({ ...options, modes: ["correctness", "optimisation"] });

/** A Judge that names what makes kernels slower. */
export const backwards: typeof rules = {
  ...rules,
  judge: () => ({
    name: "backwards",
    diagnose: async () => ({
      advice: {
        bottleneck: "too fast",
        optimisation_method: "unroll less",
        modification_plan: "undo what helped",
      },
    }),
  }),
};

/** Selects everything that any task voted for, whatever the signs. */
export const withoutSigns = (runs: readonly MetricRun[]): MetricSelection => {
  const found = selectMetrics(runs);
  return { ...found, selected: [...found.selected, ...found.conflicts] };
};

/** Selects the counters that say least. */
export const weakest = (runs: readonly MetricRun[]): MetricSelection => {
  const found = selectMetrics(runs);
  const least = found.scores.at(-1)!.name;
  return { ...found, selected: [least] };
};

/** A model of few counters that blames the size of the code for everything. */
export const misled = (runs: readonly MetricRun[], names: readonly string[]): LinearModel =>
  names.length < 6
    ? { names: ["codeBytes"], weights: [1], centres: [0], scales: [1], good: [-1] }
    : fitLinear(runs, names);

/**
 * A pretended workshop: run time is a product of factors of the parameters, and counters tell them.
 * Which parameters matter, and how much, is alike in all spaces; one counter goes with time on some
 * problems and against it on others.
 */
export const pretended: Workshop = {
  hardware: "pretended",
  compile: async () => {},
  bound: () => ({ ns: 1, by: "arithmetic", bytesPerSecond: 1e10, flopsPerSecond: 1e11 }),
  async measure({ name, space }, point) {
    const place = (parameter: string) => {
      const values = space.parameters[parameter];
      return values ? values.indexOf(point[parameter]!) / Math.max(1, values.length - 1) : 0;
    };
    const plain = point.order !== undefined && point.order !== "tile";
    const vectors = plain ? 0 : Math.log2(Number(point.width)) / 4;
    const held = place("mr") + place("nv");
    const unrolled = place("unroll");
    const gain = Math.exp(2.5 * vectors + 0.3 * held + 0.3 * unrolled);
    const swing = name.length % 2 === 0 ? 1 : -1;
    const counters: Counters = {
      packedShare: vectors > 0 ? 1 : 0,
      vectorBits: 512 * vectors,
      machineVectorBits: 512,
      flopsPerLoad: 1.4 + 0.8 * held,
      codeBytes: 500 + 200 * unrolled,
      mcaLoopCycles: -Math.log(gain),
      swinging: swing * gain,
      roofShare: 0.5,
    };
    const seen = timing(gain);
    return { timing: { ...seen, fastestNs: 1e6 / gain }, counters };
  },
  verify: async () => true,
};
