// A process that serves one WGSL candidate on a WebGPU device of its own, for `node.ts`. Its parent
// kills it; it ends by itself when the parent is gone.
import type { Ask, Envelope } from "./messages.ts";
import { serveKernel } from "./serve.ts";

process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));

// Kept for as long as the process lives: collecting it would tear the device down.
let gpu: GPU | undefined;

const take = serveKernel(
  async () => {
    const { create, globals } = await import("webgpu");
    Object.assign(globalThis, globals);
    // The device's clock in its own units: times are measured for nobody but the judge.
    gpu ??= create(["disable-dawn-features=timestamp_quantization"]);
    return gpu;
  },
  (envelope) => process.send!(envelope),
);
process.on("message", (envelope: Envelope<Ask>) => void take(envelope));
