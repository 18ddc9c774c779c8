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

/** What the kernel does not compute: values[i] for each i of indices. */
export interface Correction {
  indices: readonly number[];
  values: Float64Array;
}

function write(out: Float64Array, computed: Float64Array, { indices, values }: Correction): void {
  out.set(computed);
  for (const i of indices) out[i] = values[i]!;
}

/**
 * Fills `out` on this thread. `byHand` is called only if some elements are not ordinary, and before
 * `out` is touched, so that it may throw.
 */
export function fillHere(
  kind: KernelKind,
  v: Values,
  x: Values,
  out: Float64Array,
  byHand: () => Correction,
  binary: WasmBinary = kernels,
): void {
  const { exports, heap } = wasm<"logBessel">(binary);
  heap.scope((arena) => {
    const layout = layOut(arena, kind, out.length, v, x);
    let unusual = 0;
    for (const call of layout.calls) unusual += exports.logBessel(...call);
    const correction = unusual > 0 ? byHand() : { indices: [], values: new Float64Array(0) };
    write(out, heap.f64(layout.out, out.length), correction);
  });
}

/** Fills `out` on the pool's threads and returns it; it is not touched before all have ended. */
export async function fillOnPool(
  kind: KernelKind,
  v: Values,
  x: Values,
  out: Float64Array,
  correction: Correction,
  { pool, signal, onProgress }: PoolRun,
): Promise<Float64Array> {
  const { heap } = wasm(kernels);
  return heap.scope(async (arena) => {
    const layout = layOut(arena, kind, out.length, v, x);
    await pool.run(kernels, "logBessel", layout.calls, { signal, onProgress });
    write(out, heap.f64(layout.out, out.length), correction);
    return out;
  });
}
