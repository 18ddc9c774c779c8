import type { Backend, Dims, Task, Timing } from "@daily-kernel/forge";
import type { improve } from "@daily-kernel/forge/node";

const EVALUATIONS = 30;

interface Found {
  /** Times faster than the plain loop; 0 where nothing correct was found. */
  readonly value: number;
  readonly interval?: readonly [number, number];
  /** What the times were read from. */
  readonly clock: Timing["clock"];
  readonly n: number;
  readonly evaluations: number;
}

/** What the template search reaches over the plain loop, everything verified. */
export async function speedup(
  search: typeof improve,
  backend: Backend,
  options: {
    readonly task: Task;
    readonly dims: Dims;
    readonly seed: number;
    readonly signal: AbortSignal;
    readonly breathe: (done: number) => Promise<void>;
  },
): Promise<Found> {
  const { breathe, ...problem } = options;
  let rounds = 0;
  const { final } = await search({
    ...problem,
    backend,
    evaluations: EVALUATIONS,
    onRound: () => void breathe(++rounds / EVALUATIONS).catch(() => {}),
  });
  if (!final) return { value: 0, clock: "wall", n: Math.max(1, rounds), evaluations: rounds };
  return {
    value: final.speedup,
    interval: final.speedupCI,
    clock: final.clock,
    n: final.samples,
    evaluations: rounds,
  };
}
