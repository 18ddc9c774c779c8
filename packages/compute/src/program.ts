import type { Arena, Heap } from "./heap.ts";
import * as kernels from "./kernels.generated.ts";
import type { PoolOptions } from "./pool-options.ts";
import type { ThreadPool } from "./thread-pool.ts";
import { wasm } from "./wasm.ts";

/** One kernel, called once with each argument list; the calls do not depend on one another. */
interface Phase {
  fn: string;
  calls: number[][];
  /** So short that handing it to a worker would take longer: always runs on the calling thread. */
  here?: boolean;
}

/** An operation: the phases it yields run one after the other, then it returns its result. */
export type Program<T> = Generator<Phase, T, void>;

type Body<T> = (arena: Arena, heap: Heap) => Program<T>;

/**
 * Runs an operation on this thread, or on a pool if there is one. Both run the same calls on the
 * same kernels, so the result is the same bit for bit.
 */
export function perform<T>(
  body: Body<T>,
  options: Partial<PoolOptions> | undefined,
): T | Promise<T> {
  if (options?.pool === undefined) return performHere(body);
  return performOnPool(body, options.pool, options.signal);
}

function performHere<T>(body: Body<T>): T {
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

async function performOnPool<T>(
  body: Body<T>,
  pool: ThreadPool,
  signal: AbortSignal | undefined,
): Promise<T> {
  signal?.throwIfAborted();
  const { exports, heap } = wasm(kernels);
  return heap.scope(async (arena) => {
    const program = body(arena, heap);
    for (;;) {
      const step = program.next();
      if (step.done) return step.value;
      const { fn, calls, here } = step.value;
      if (here) for (const args of calls) exports[fn]!(...args);
      else await pool.run(kernels, fn, calls, { signal });
    }
  });
}

/** Splits 0..n into ranges of at most `size`. */
export function ranges(n: number, size: number): [number, number][] {
  const out: [number, number][] = [];
  for (let from = 0; from < n; from += size) out.push([from, Math.min(n, from + size)]);
  return out;
}
