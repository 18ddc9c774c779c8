import { type Wasm, wasm } from "@daily-kernel/compute";
import * as kernels from "../kernels.generated.ts";

let instance: Wasm | null | undefined;

/** The package's kernels, or null where WebAssembly may not run: the scalar code gives the same bits. */
export function sequenceKernels(): Wasm | null {
  if (instance === undefined) {
    try {
      instance = wasm(kernels);
    } catch {
      instance = null;
    }
  }
  return instance;
}
