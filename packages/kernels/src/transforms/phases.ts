import type { PoolOptions } from "@daily-kernel/compute";
import { wasm } from "@daily-kernel/compute";
import * as kernels from "../kernels.generated.ts";

/** Calls of one kernel that do not depend on one another. */
export interface Phase {
  kernel:
    | ("fwhtTiles" | "fwhtBlock" | "fwhtRows")
    | ("fftTiles" | "fftBlock" | "fftRows")
    | ("ifftTiles" | "ifftBlock" | "ifftRows");
  calls: number[][];
}

/** Runs phases one after the other, on this thread. */
export function runHere(phases: readonly Phase[]): void {
  const { exports } = wasm(kernels);
  for (const { kernel, calls } of phases) for (const call of calls) exports[kernel]!(...call);
}

/** Runs phases one after the other, the calls of each on the pool. */
export async function runOnPool(
  phases: readonly Phase[],
  { pool, signal, onProgress }: PoolOptions,
): Promise<void> {
  const total = phases.reduce((sum, { calls }) => sum + calls.length, 0);
  let before = 0;
  for (const { kernel, calls } of phases) {
    const start = before;
    const report = onProgress && ((done: number) => onProgress(start + done, total));
    await pool.run(kernels, kernel, calls, { signal, onProgress: report });
    before += calls.length;
  }
}

/** How many calls a thread has whole transforms dealt out in: some are done sooner than others. */
const SHARES = 4;

/** The first of some transforms, and how many: all of them in one call, or shared out to threads. */
export function shares(rows: number, threads: number): [first: number, count: number][] {
  const parts = threads === 1 ? 1 : Math.min(rows, SHARES * threads);
  return ranges(rows, 1, parts).map(([from, to]) => [from, to - from]);
}

/**
 * Runs an operation at once, or, given options with a pool, as a promise, which what it throws at
 * its checks rejects. Options that are no object are for the operation's own checks to refuse.
 */
export function onceOrPromised<T>(
  options: Partial<PoolOptions> | undefined | null,
  run: () => T | Promise<T>,
): T | Promise<T> {
  return options?.pool === undefined ? run() : (async () => run())();
}

/** Splits 0..length into `parts` ranges whose ends are multiples of `unit`. */
export function ranges(length: number, unit: number, parts: number): [number, number][] {
  const units = length / unit;
  const edges = Array.from({ length: parts + 1 }, (_, i) => Math.floor((units * i) / parts) * unit);
  return edges.slice(1).map((end, i) => [edges[i]!, end]);
}
