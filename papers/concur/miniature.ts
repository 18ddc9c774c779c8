import type { Rng } from "@daily-kernel/compute";
import { curate, type Rule, TracePool } from "@daily-kernel/forge";
import { adam } from "@daily-kernel/nn";
import { defaultDevice, init } from "@jax-js/jax";
import { weightsOf } from "./decoder.ts";
import type { Measured, Sample } from "./search.ts";
import { naive } from "./space.ts";
import { propose, train } from "./train.ts";
import { initialParameters, loss } from "./transformer.ts";

/** How often a network may try each task. */
const TRIES = 5;

/** What the network that was trained by a rule did on every unseen task. */
export interface Scores {
  readonly rule: Rule;
  /** Samples that it was trained on. */
  readonly trained: number;
  /** Mean steps of the traces among them. */
  readonly steps: number;
  /** Share of tries that were right, by seed and task. */
  readonly passes: Float64Array[];
  /** Mean speed-up of the right ones over all seeds and tasks. */
  readonly speedup: number;
  /** Share of tries whose answer could be read. */
  readonly parsed: number;
}

/** Selects by a rule; the same number for all. */
export type SelectBy = (pool: TracePool, rule: Rule, n: number, seed: number) => readonly string[];
const key = ({ taskId, sampleIndex }: { taskId: string; sampleIndex: number }) =>
  `${taskId}#${sampleIndex}`;

/**
 * Our selection. What a rule over tasks gives beyond `n` is cut at random; rules over the pool take
 * `n` of its correct samples.
 */
export const selectBy: SelectBy = (pool, rule, n, seed) => {
  const single = rule === "concise" || rule === "fastest-per-task";
  const options = single ? { rule } : { rule, n, minSpeedup: 0, seed };
  const first = curate(pool, { ...options, duplicates: "task" }).selected;
  if (first.length <= n) return first.map(key);
  const kept = new TracePool();
  for (const trace of first) kept.add(trace);
  return curate(kept, { rule: "random", n, seed, duplicates: "task" }).selected.map(key);
};

export const allRules: readonly Rule[] = [
  "concise",
  "random",
  "fastest-per-task",
  "shortest",
  "longest",
  "fastest",
];

export interface MiniatureOptions {
  readonly rules: readonly Rule[];
  readonly seeds: number;
  readonly steps: number;
}

/** One network for each rule and seed, trained alike but for the samples, tried on unseen tasks. */
export async function miniature(
  select: SelectBy,
  samples: readonly Sample[],
  unseen: readonly Measured[],
  { rules, seeds, steps }: MiniatureOptions,
  rng: Rng,
  breathe: (done: number, doing: string) => Promise<void>,
): Promise<Scores[]> {
  await init("wasm");
  defaultDevice("wasm");
  const pool = new TracePool();
  for (const { trace } of samples) pool.add(trace);
  const byKey = new Map(samples.map((sample) => [key(sample.trace), sample]));
  const n = select(pool, "concise", samples.length, 0).length;
  const optimiser = adam(loss);
  const scores: Scores[] = [];
  for (const [r, rule] of rules.entries()) {
    const passes: Float64Array[] = [];
    let [speedups, right, parsed, traced, trained] = [0, 0, 0, 0, 0];
    for (let seed = 0; seed < seeds; seed++) {
      const at = (r * seeds + seed) / (rules.length * seeds);
      const say = (done: number) =>
        breathe(at + done / (rules.length * seeds), `training on ${rule}, seed ${seed + 1}`);
      // The same first weights and draws for every rule of a seed.
      const stream = rng.spawn(seed);
      const chosen = select(pool, rule, n, seed).map((name) => byKey.get(name)!);
      trained += chosen.length / seeds;
      traced += chosen.reduce((sum, s) => sum + s.search.steps.length, 0) / chosen.length / seeds;
      const first = initialParameters(stream.spawn("weights"));
      const order = stream.spawn("order");
      const parameters = await train(optimiser, first, chosen, steps, order, say);
      const weights = await weightsOf(parameters);
      for (const array of Object.values(parameters)) array.dispose();
      const tasks = unseen.map(({ task }) => task);
      const tries = await propose(weights, tasks, TRIES, stream.spawn("tries"), () => say(0.95));
      const own = new Float64Array(unseen.length);
      for (const [t, { correct, ns }] of unseen.entries()) {
        for (const schedule of tries[t]!) {
          if (schedule === undefined) continue;
          parsed += 1;
          if (!correct(schedule)) continue;
          own[t]! += 1 / TRIES;
          speedups += ns(naive) / ns(schedule);
          right += 1;
        }
      }
      passes.push(own);
    }
    scores.push({
      rule,
      trained: Math.round(trained),
      steps: traced,
      passes,
      speedup: right === 0 ? 0 : speedups / right,
      parsed: parsed / (seeds * unseen.length * TRIES),
    });
  }
  optimiser.dispose();
  return scores;
}

/** Mean difference of pass@1 with its 95 % interval: seeds and tasks drawn again, 2,000 times. */
export function difference(a: Scores, b: Scores, rng: Rng) {
  const seeds = a.passes.length;
  const tasks = a.passes[0]!.length;
  const gaps = a.passes.map((row, s) => row.map((pass, t) => pass - b.passes[s]![t]!));
  const value = gaps.reduce((sum, row) => sum + row.reduce((x, y) => x + y, 0), 0) / seeds / tasks;
  const drawn = Float64Array.from({ length: 2000 }, () => {
    const columns = Array.from({ length: tasks }, () => rng.integer(tasks));
    let sum = 0;
    for (let s = 0; s < seeds; s++) {
      const row = gaps[rng.integer(seeds)]!;
      for (const t of columns) sum += row[t]!;
    }
    return sum / seeds / tasks;
  }).sort();
  return { value, interval: [drawn[49]!, drawn[1949]!] as const, n: seeds * tasks };
}

/** Mean of a rule's pass@1. */
export const passAtOne = ({ passes }: Scores) =>
  passes.reduce((sum, row) => sum + row.reduce((x, y) => x + y, 0) / row.length, 0) / passes.length;
