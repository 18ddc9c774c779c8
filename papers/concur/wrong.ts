/**
 * Named wrong implementations: the tests put them in the place of ours and see a claim fail.
 */

import {
  arl,
  type CurateOptions,
  curate,
  type Trace,
  TracePool,
  withinTaskEffect,
} from "@daily-kernel/forge";
import type { stored } from "./confirm.ts";
import { correlation } from "./correlation.ts";
import type { SelectBy } from "./miniature.ts";

const poolOf = (traces: Iterable<Trace>, change: (trace: Trace) => Trace) => {
  const pool = new TracePool();
  for (const trace of traces) pool.add(change(trace));
  return pool;
};

/** The fastest of each task under the name of the shortest that is the fastest. */
export const withoutBrevity: typeof curate = (pool, options: CurateOptions = {}) =>
  curate(pool, options.rule === undefined ? { ...options, rule: "fastest-per-task" } : options);

/** Every kernel is taken for right that ran to its end. */
export const trusting: typeof stored = ({ trace }) => trace.reasoning !== "";

/** Correctness read the wrong way round. */
export const wrongIsRight: typeof withinTaskEffect = (pool) =>
  withinTaskEffect(
    poolOf(pool, (trace) => {
      const accepted = !trace.verdict.accepted;
      return { ...trace, verdict: { accepted }, speedup: accepted ? 1 : 0 };
    }),
  );

/** Lengths and speeds each in order of size: the pairs are lost. */
export const sortedApart: typeof correlation = (traces) => {
  const correct = traces.filter(({ verdict }) => verdict.accepted);
  const speeds = correct.map(({ speedup }) => speedup).sort((a, b) => a - b);
  const byLength = correct.toSorted((a, b) => a.tokens - b.tokens);
  return correlation(byLength.map((trace, k) => ({ ...trace, speedup: speeds[k]! })));
};

/** Kernels that the judge rejected under the name of concise ones. */
export const wrongKernels: SelectBy = (pool, rule, n, seed) => {
  const wrong = [...pool].filter((trace) => trace.verdict.accepted === (rule !== "concise"));
  const most = Math.min(n, 300);
  const part = poolOf(wrong, (trace) => ({ ...trace, verdict: { accepted: true }, speedup: 1 }));
  const options = { rule: "random", n: most, minSpeedup: 0, seed, duplicates: "task" } as const;
  return curate(part, options).selected.map((t) => `${t.taskId}#${t.sampleIndex}`);
};

/** Lengths under the names of other tasks. */
export const shiftedLengths: typeof arl = (pool) => {
  const lengths = [...arl(pool)];
  const half = Math.floor(lengths.length / 2);
  return new Map(lengths.map(([task], k) => [task, lengths[(k + half) % lengths.length]![1]]));
};
