import type { Make } from "../remote/serve.ts";
import { compileAssemblyScript } from "./compile-assembly-script.ts";
import { WasmKernel } from "./wasm-kernel.ts";

/** A module in a memory of its own; what was not made before is AssemblyScript. */
export const makeWasm: Make = async (candidate, memory, made) => {
  const { bytes, log } = made ? { bytes: made, log: "" } : await compileAssemblyScript(candidate);
  const kernel = await WasmKernel.start(bytes, memory);
  return {
    log,
    made: bytes,
    hardware: "WebAssembly",
    call: (request) => kernel.call(request),
    lost: new Promise(() => {}),
  };
};
