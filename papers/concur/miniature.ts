import type { Rng } from "@daily-kernel/compute";
import { curate, type Rule, TracePool } from "@daily-kernel/forge";
import type { Networks } from "./networks.ts";
import type { Measured, Sample } from "./search.ts";
import { naive } from "./space.ts";

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

/** How many networks are trained, and how long. */
export interface MiniatureOptions {
  /** Networks for each rule. */
  readonly rules: readonly (readonly [rule: Rule, seeds: number])[];
  readonly steps: number;
  readonly seed: number;
}

/** One network for each rule and seed, trained alike but for the samples, tried on unseen tasks. */
export async function miniature(
  select: SelectBy,
  networks: Networks,
  samples: readonly Sample[],
  unseen: readonly Measured[],
  { rules, steps, seed: master }: MiniatureOptions,
  breathe: (done: number, doing: string) => Promise<void>,
): Promise<Scores[]> {
  const pool = new TracePool();
  for (const { trace } of samples) pool.add(trace);
  const byKey = new Map(samples.map((sample) => [key(sample.trace), sample]));
  const n = select(pool, "concise", samples.length, 0).length;
  const tasks = unseen.map(({ task }) => task);
  const selections = rules.map(([rule, seeds]) =>
    Array.from({ length: seeds }, (_, seed) =>
      select(pool, rule, n, seed).map((name) => byKey.get(name)!),
    ),
  );
  // The same first weights and draws for every rule of a seed.
  const jobs = selections.flatMap((of) =>
    of.map((chosen, seed) => ({
      samples: chosen.map(({ task, search }) => ({ task, search })),
      ...{ steps, seed: master, stream: seed, unseen: tasks, tries: TRIES },
    })),
  );
  const answers = await networks(jobs, (done) =>
    breathe(done, `training ${jobs.length} networks on ${n} samples each`),
  );
  return selections.map((of, r) => {
    const own = answers.splice(0, of.length);
    return scoresOf(rules[r]![0], of, own, unseen);
  });
}

/** What the networks of one rule did. */
function scoresOf(
  rule: Rule,
  selections: readonly (readonly Sample[])[],
  answers: Awaited<ReturnType<Networks>>,
  unseen: readonly Measured[],
): Scores {
  let [speedups, right, parsed] = [0, 0, 0];
  const passes = answers.map((tries) =>
    Float64Array.from(unseen, ({ correct, ns }, t) => {
      const read = tries[t]!.filter((schedule) => schedule !== undefined);
      const passed = read.filter(correct);
      parsed += read.length;
      right += passed.length;
      for (const schedule of passed) speedups += ns(naive) / ns(schedule);
      return passed.length / TRIES;
    }),
  );
  const trained = selections.flat();
  return {
    rule,
    trained: Math.round(trained.length / selections.length),
    steps: trained.reduce((sum, s) => sum + s.search.steps.length, 0) / trained.length,
    passes,
    speedup: right === 0 ? 0 : speedups / right,
    parsed: parsed / (passes.length * unseen.length * TRIES),
  };
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
