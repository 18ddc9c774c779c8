import type { Arena, RunOptions, ThreadPool, WasmBinary } from "@daily-kernel/compute";
import { wasm } from "@daily-kernel/compute";
import * as kernels from "../kernels.generated.ts";
import type { Values } from "./bessel-function.ts";
import { KERNEL_TABLES } from "./kernel-tables.ts";

/** Which logarithm the kernel computes: the numbers of assembly/index.ts. */
export type KernelKind = 0 | 1 | 2 | 3;

/** How an array call runs on a pool of threads. */
export interface PoolRun extends RunOptions {
  pool: ThreadPool;
  /** Filled and resolved with, instead of a new array. */
  out?: Float64Array | undefined;
}

/** Elements a call of the pool: about a millisecond. */
const CHUNK = 1 << 14;
/** The scratch of assembly/index.ts: 6 arrays of 256 doubles, 9 lists of 256 indices, 9 counts. */
const SCRATCH_BYTES = 6 * 256 * 8 + 9 * 256 * 4 + 64;

/** Arguments that the kernel takes; it leaves the limits and the far extremes to the scalar code. */
export const isOrdinary = (v: number, x: number): boolean =>
  v >= 0 && v <= 1e150 && x <= 1e150 && x >= 1e-300 && x >= 1e-100 * v;

interface Layout {
  out: number;
  calls: number[][];
}

function layOut(arena: Arena, kind: KernelKind, n: number, v: Values, x: Values): Layout {
  const tables = arena.f64(KERNEL_TABLES);
  const place = (a: Values) => arena.f64(typeof a === "number" ? [a] : a);
  const stride = (a: Values) => (typeof a === "number" ? 0 : 8);
  const [atV, atX, out] = [place(v), place(x), arena.f64(n)];
  const calls: number[][] = [];
  for (let from = 0; from < n; from += CHUNK) {
    const to = Math.min(n, from + CHUNK);
    const scratch = arena.alloc(SCRATCH_BYTES);
    calls.push([kind, atV, stride(v), atX, stride(x), out, from, to, tables, scratch]);
  }
  return { out, calls };
}

/**
 * Fills `out` on this thread and returns what `check` finds, the indices that the kernel does not
 * take. It is called only if there are any, and before `out` is touched, so that it may throw.
 */
export function fillHere(
  kind: KernelKind,
  v: Values,
  x: Values,
  out: Float64Array,
  check: () => number[],
  binary: WasmBinary = kernels,
): number[] {
  const { exports, heap } = wasm<"logBessel">(binary);
  return heap.scope((arena) => {
    const layout = layOut(arena, kind, out.length, v, x);
    let unusual = 0;
    for (const call of layout.calls) unusual += exports.logBessel(...call);
    const indices = unusual > 0 ? check() : [];
    out.set(heap.f64(layout.out, out.length));
    return indices;
  });
}

/** Fills `out` on the pool's threads; it is not touched before all of them have ended. */
export async function fillOnPool(
  kind: KernelKind,
  v: Values,
  x: Values,
  out: Float64Array,
  { pool, signal, onProgress }: PoolRun,
): Promise<void> {
  const { heap } = wasm(kernels);
  await heap.scope(async (arena) => {
    const layout = layOut(arena, kind, out.length, v, x);
    await pool.run(kernels, "logBessel", layout.calls, { signal, onProgress });
    out.set(heap.f64(layout.out, out.length));
  });
}
