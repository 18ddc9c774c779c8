import type { Trace } from "./trace.ts";
import { TracePool } from "./trace-pool.ts";

/** A trace in which only what a test is about needs saying. */
export function trace(given: Partial<Trace> & { correct?: boolean } = {}): Trace {
  const { correct = true, ...fields } = given;
  const { taskId = "a", sampleIndex = 0 } = fields;
  return {
    taskId,
    taskType: "matmul",
    sampleIndex,
    reasoning: "Tile it.",
    source: `int kernel_${taskId.replaceAll(/\W/g, "_")}_${sampleIndex};`,
    tokens: 10,
    verdict: { accepted: correct },
    speedup: correct ? 2 : 0,
    ...fields,
  };
}

/** A pool of `[task, tokens, speed-up]`, a speed-up of 0 being an incorrect kernel. */
export function poolOf(
  rows: readonly (readonly [task: string, tokens: number, speedup: number, type?: string])[],
): TracePool {
  const pool = new TracePool();
  const next = new Map<string, number>();
  for (const [taskId, tokens, speedup, taskType = "matmul"] of rows) {
    const sampleIndex = next.get(taskId) ?? 0;
    next.set(taskId, sampleIndex + 1);
    pool.add(trace({ taskId, sampleIndex, tokens, speedup, taskType, correct: speedup > 0 }));
  }
  return pool;
}

/** Which samples, as `task/index`. */
export const names = (traces: readonly Trace[]) =>
  traces.map(({ taskId, sampleIndex }) => `${taskId}/${sampleIndex}`);
