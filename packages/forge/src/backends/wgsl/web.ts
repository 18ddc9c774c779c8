import type { Backend } from "../../session/backend.ts";
import { remoteBackend } from "../remote/remote-backend.ts";
import { workerGuest } from "../remote/worker-guest.ts";
import { adapterName } from "./device.ts";

export interface WebWgslOptions {
  /** Starts a worker that runs `serveWgsl` of `@daily-kernel/forge/worker`. */
  readonly spawn: () => Worker;
}

/**
 * WGSL on the reader's own GPU, each session in a worker of its own with a device of its own; a call
 * that takes longer than the limits allow ends with the worker.
 */
export function webWgslBackend({ spawn }: WebWgslOptions): Backend {
  return {
    id: "wgsl",
    language: "wgsl",
    async probe() {
      const gpu = globalThis.navigator?.gpu;
      const adapter = await gpu?.requestAdapter({ powerPreference: "high-performance" });
      if (adapter) {
        return { available: true, hardware: adapterName(adapter.info), version: "WebGPU" };
      }
      return {
        available: false,
        reason:
          gpu === undefined
            ? "this browser has no WebGPU, or the page is not served over https"
            : "this browser knows WebGPU but offers no adapter",
        remedy: "a current Chrome, Edge, Firefox or Safari on a machine with a GPU",
      };
    },
    ...remoteBackend("wgsl", async () => workerGuest(spawn())),
  };
}
