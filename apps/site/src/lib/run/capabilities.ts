/** What this browser can do for a run. */
export interface Capabilities {
  readonly threads: number;
  /** Why there is only one thread, `null` where there are more. */
  readonly oneThread: string | null;
  /** Why there is no WebGPU, `null` where there is. */
  readonly noGpu: string | null;
}

export async function capabilities(): Promise<Capabilities> {
  const shared = globalThis.crossOriginIsolated;
  const cores = navigator.hardwareConcurrency || 1;
  return {
    threads: shared ? Math.min(cores, 64) : 1,
    oneThread: shared ? null : "one thread: the page is not cross-origin isolated",
    noGpu: await whyNoGpu(),
  };
}

async function whyNoGpu(): Promise<string | null> {
  if (!navigator.gpu) return "this browser has no WebGPU";
  try {
    return (await navigator.gpu.requestAdapter())
      ? null
      : "WebGPU finds no adapter on this machine";
  } catch {
    return "WebGPU finds no adapter on this machine";
  }
}
