import { checkObject, checkType } from "./checks.ts";
import { unsupportedError } from "./errors.ts";
import { Heap } from "./heap.ts";

/**
 * A package's kernels as `scripts/build-wasm.ts` writes them (`import * as kernels from
 * "./kernels.generated.ts"`): the same module with and without relaxed SIMD, in base64.
 */
export interface WasmBinary {
  relaxed: string;
  simd: string;
}

/** An exported kernel: addresses, sizes and numbers in, at most a number out. */
export type Kernel = (...args: number[]) => number;

/** Kernels by name, and the heap whose addresses they take. */
export interface Wasm<Name extends string = string> {
  exports: Record<Name, Kernel>;
  heap: Heap;
}

// (func (result v128) (f32x4.relaxed_madd (i8x16.splat (i32.const 0)) ... ...)), assembled by hand.
const RELAXED_PROBE = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 19, 1, 17, 0],
  ...[65, 0, 253, 15, 65, 0, 253, 15, 65, 0, 253, 15, 253, 133, 2, 11],
);

const modules = new WeakMap<WasmBinary, WebAssembly.Module>();
const instances = new WeakMap<WasmBinary, Wasm>();
let heap: Heap | undefined;
let relaxed: boolean | undefined;

/** Whether this runtime has relaxed SIMD (fused multiply-add): Node 22+, Chrome 114+. */
export function hasRelaxedSimd(): boolean {
  relaxed ??= WebAssembly.validate(RELAXED_PROBE);
  return relaxed;
}

/** The compiled module of a binary, for this runtime; compiled once. */
export function wasmModule(binary: WasmBinary): WebAssembly.Module {
  let module = modules.get(binary);
  if (module === undefined) {
    const base64 = hasRelaxedSimd() ? binary.relaxed : binary.simd;
    try {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      module = new WebAssembly.Module(bytes);
    } catch (cause) {
      throw unsupportedError(`wasm: this runtime cannot compile SIMD kernels (${String(cause)})`);
    }
    modules.set(binary, module);
  }
  return module;
}

/** The heap that all kernels of this thread, and the pools it creates, share. */
export function sharedHeap(): Heap {
  heap ??= new Heap();
  return heap;
}

/**
 * The kernels of a package, instantiated once over the shared memory of this thread.
 *
 * `const { exports, heap } = wasm(kernels);` then, inside `heap.scope((arena) => ...)`: copy in
 * with `arena.f64(array)`, call `exports.name(address, n)`, copy out with
 * `heap.f64(address, n).slice()`.
 *
 * @throws Error `ERR_UNSUPPORTED` where the runtime lacks WebAssembly SIMD or shared memory.
 */
export function wasm<Name extends string = string>(binary: WasmBinary): Wasm<Name> {
  checkObject("wasm", "binary", binary);
  const { relaxed, simd } = binary;
  const strings = typeof relaxed === "string" && typeof simd === "string";
  checkType(strings, "wasm", "binary", "kernels { relaxed, simd } in base64", binary);
  let instance = instances.get(binary);
  if (instance === undefined) {
    const memory = sharedHeap().memory;
    const { exports } = new WebAssembly.Instance(wasmModule(binary), { env: { memory } });
    instance = { exports: exports as Record<string, Kernel>, heap: sharedHeap() };
    instances.set(binary, instance);
  }
  return instance as Wasm<Name>;
}
