import type { Backend } from "../../session/backend.ts";
import { remoteBackend } from "../remote/remote-backend.ts";
import { workerGuest } from "../remote/worker-guest.ts";

export interface WebWasmOptions {
  /** Starts a worker that runs `serveWasm` of `@daily-kernel/forge/wasm-worker`. */
  readonly spawn: () => Worker;
}

/**
 * AssemblyScript in a browser, each session in a worker of its own, which loads the compiler when it
 * has something to compile; a call that takes longer than the limits allow ends with the worker.
 */
export function webWasmBackend({ spawn }: WebWasmOptions): Backend {
  return {
    id: "wasm",
    language: "assemblyscript",
    async probe() {
      return typeof WebAssembly === "object"
        ? { available: true, hardware: "WebAssembly of this browser", version: "AssemblyScript" }
        : { available: false, reason: "this browser has no WebAssembly" };
    },
    ...remoteBackend("wasm", async () => workerGuest(spawn())),
  };
}
