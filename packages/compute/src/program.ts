import type { Arena, Heap } from "./heap.ts";
import * as kernels from "./kernels.generated.ts";
import { checkPoolOptions, type PoolOptions } from "./pool-options.ts";
import { wasm } from "./wasm.ts";

/** One kernel, called once with each argument list; the calls do not depend on one another. */
interface Phase {
  fn: string;
  calls: number[][];
  /** So short that handing it to a worker would take longer: always runs on the calling thread. */
  here?: boolean;
  progress?: Progress;
}

/** How much of the operation is done once a phase is, and how much there is, in any unit. */
type Progress = readonly [done: number, total: number];

/** An operation: the phases it yields run one after the other, then it returns its result. */
export type Program<T> = Generator<Phase, T, void>;

type Body<T> = (arena: Arena, heap: Heap) => Program<T>;

/**
 * Runs the operation `fn` on this thread, or on a pool if there is one. Both run the same calls on
 * the same kernels, so the result is the same bit for bit. The body begins with its checks: what
 * they throw is thrown here, and rejects the promise on a pool.
 */
export function perform<T>(
  fn: string,
  options: Partial<PoolOptions> | undefined,
  body: Body<T>,
): T | Promise<T> {
  if (options?.pool !== undefined) return performOnPool(fn, options as PoolOptions, body);
  checkPoolOptions(fn, options);
  const { exports, heap } = wasm(kernels);
  return heap.scope((arena) => {
    const program = body(arena, heap);
    for (;;) {
      const step = program.next();
      if (step.done) return step.value;
      const kernel = exports[step.value.fn]!;
      for (const args of step.value.calls) kernel(...args);
    }
  });
}

async function performOnPool<T>(fn: string, options: PoolOptions, body: Body<T>): Promise<T> {
  checkPoolOptions(fn, options);
  const { pool, signal, onProgress } = options;
  signal?.throwIfAborted();
  const { exports, heap } = wasm(kernels);
  return heap.scope(async (arena) => {
    const program = body(arena, heap);
    let before = 0;
    for (;;) {
      const step = program.next();
      if (step.done) return step.value;
      const { fn, calls, here, progress } = step.value;
      const [after, total] = progress ?? [before, 0];
      const within = (done: number, of: number) => {
        if (done < of) onProgress?.(before + ((after - before) * done) / of, total);
      };
      if (here) for (const args of calls) exports[fn]!(...args);
      else {
        const report = onProgress && after > before;
        await pool.run(kernels, fn, calls, { signal, onProgress: report ? within : undefined });
      }
      if (after > before) onProgress?.(after, total);
      before = after;
    }
  });
}

/** A program, with progress to report on its phases of the kernel `fn`. */
export function* reporting<T>(program: Program<T>, fn: string, progress: Progress): Program<T> {
  for (;;) {
    const step = program.next();
    if (step.done) return step.value;
    yield step.value.fn === fn ? { ...step.value, progress } : step.value;
  }
}

/** Splits 0..n into ranges of at most `size`. */
export function ranges(n: number, size: number): [number, number][] {
  const out: [number, number][] = [];
  for (let from = 0; from < n; from += size) out.push([from, Math.min(n, from + size)]);
  return out;
}
