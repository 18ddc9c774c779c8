// A process that serves one WGSL candidate on a WebGPU device of its own, for `node.ts`. Its parent
// kills it; it ends by itself when the parent is gone.
import { serveFromProcess } from "../remote/serve-process.ts";
import { makeWgsl } from "./serve-wgsl.ts";

// Kept for as long as the process lives: collecting it would tear the device down.
let gpu: GPU | undefined;

serveFromProcess(async (candidate, memory) => {
  const { create, globals } = await import("webgpu");
  Object.assign(globalThis, globals);
  // The device's clock in its own units: times are measured for nobody but the judge.
  gpu ??= create(["disable-dawn-features=timestamp_quantization"]);
  return makeWgsl(gpu, candidate, memory);
});
