import { checkObject, checkSignal } from "./checks.ts";
import { unsupportedError } from "./errors.ts";

/**
 * A WebGPU device with the adapter's own buffer limits (the defaults stop at 128 MiB a binding).
 * The caller destroys it (`device.destroy()`) when done.
 *
 * In a browser it comes from `navigator.gpu`; in Node call `installWebGPU()` of
 * `@daily-kernel/compute/node` first.
 *
 * Throws an Error with code `ERR_UNSUPPORTED` without WebGPU or without an adapter, and the
 * signal's reason when aborted.
 */
export async function requestGPU(options: { signal?: AbortSignal } = {}): Promise<GPUDevice> {
  checkObject("requestGPU", "options", options);
  const { signal } = options;
  checkSignal("requestGPU", "options.signal", signal);
  signal?.throwIfAborted();
  const gpu = globalThis.navigator?.gpu;
  if (gpu === undefined) {
    throw unsupportedError(
      "requestGPU: no WebGPU here; in a browser use a current one over https or localhost, in Node call installWebGPU() of @daily-kernel/compute/node first, or choose the wasm device",
    );
  }
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  signal?.throwIfAborted();
  if (adapter === null) {
    throw unsupportedError(
      "requestGPU: WebGPU is here but offers no adapter; choose the wasm device, or in Node start with the environment of softwareGpuEnv()",
    );
  }
  const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
  const device = await adapter.requestDevice({
    requiredLimits: { maxBufferSize, maxStorageBufferBindingSize },
  });
  if (signal?.aborted) {
    device.destroy();
    signal.throwIfAborted();
  }
  return device;
}
