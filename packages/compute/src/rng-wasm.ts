import * as kernels from "./kernels.generated.ts";
import type { PhiloxStream } from "./philox.ts";
import { type Wasm, wasm } from "./wasm.ts";

type Kernels = Wasm<"philoxWords" | "philoxUniforms" | "exponentials" | "normals">;

/** Words of one round through WebAssembly; they stay in the first-level cache. */
const CHUNK = 4096;
/** Blocks below which a round trip does not pay. */
const WORTHWHILE = 64;

let instance: Kernels | null | undefined;

/** The kernels, or null where WebAssembly may not run: the scalar path gives the same numbers. */
function available(): Kernels | null {
  if (instance === undefined) {
    try {
      instance = wasm(kernels);
    } catch {
      instance = null;
    }
  }
  return instance;
}

/** Runs `take` on every chunk of words; returns how many blocks were made. */
function eachChunk(
  blocks: number,
  { key, stream }: PhiloxStream,
  first: number,
  take: (kernels: Kernels, words: number, chunkBlocks: number, at: number) => void,
): number {
  const usable = blocks - (blocks % 4);
  // The kernel counts in 32 bits.
  if (usable < WORTHWHILE || (first % 2 ** 32) + usable > 2 ** 32) return 0;
  const wasm = available();
  if (wasm === null) return 0;
  return wasm.heap.scope((arena) => {
    const words = arena.i32(CHUNK);
    for (let at = 0; at < usable; at += CHUNK / 4) {
      const count = Math.min(CHUNK / 4, usable - at);
      const high = Math.floor(first / 2 ** 32);
      wasm.exports.philoxWords(words, count / 4, ...key, ...stream, (first + at) | 0, high);
      take(wasm, words, count, at);
    }
    return usable;
  });
}

/** `philoxFill` for the front of `out`; returns how many of the blocks it wrote. */
export function fillWords(
  out: Uint32Array,
  blocks: number,
  id: PhiloxStream,
  first: number,
): number {
  return eachChunk(blocks, id, first, ({ heap }, words, count, at) =>
    out.set(new Uint32Array(heap.memory.buffer, words, 4 * count), 4 * at),
  );
}

/**
 * Variates from whole blocks, two each, for the front of `out`; returns how many blocks it used.
 * `kind` names the kernel that turns uniforms into them.
 */
export function fillVariates(
  out: Float64Array | Float32Array,
  kind: "uniforms" | "exponentials" | "normals",
  id: PhiloxStream,
  first: number,
): number {
  const blocks = Math.floor(out.length / 2);
  const wasm = blocks < WORTHWHILE ? null : available();
  if (wasm === null) return 0;
  return wasm.heap.scope((arena) => {
    const variates = arena.f64(CHUNK / 2);
    return eachChunk(blocks, id, first, ({ exports, heap }, words, count, at) => {
      exports.philoxUniforms(words, variates, 2 * count);
      if (kind !== "uniforms") exports[kind](variates, 2 * count);
      out.set(heap.f64(variates, 2 * count), 2 * at);
    });
  });
}
