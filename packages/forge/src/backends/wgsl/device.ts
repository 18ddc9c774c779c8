import { unsupportedError } from "@daily-kernel/compute";

/** Features that kernels may use where the adapter has them. */
const wanted = ["timestamp-query", "subgroups", "shader-f16"] as const;

/** Limits that are asked for as high as the adapter has them. */
const raised = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupSizeY",
  "maxComputeWorkgroupStorageSize",
  "maxStorageBuffersPerShaderStage",
] as const;

/** A device with all that its adapter can give to a compute kernel. */
export async function requestDevice(gpu: GPU | undefined): Promise<GPUDevice> {
  const adapter = await gpu?.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) throw unsupportedError("wgsl: WebGPU offers no adapter here");
  return adapter.requestDevice({
    requiredFeatures: wanted.filter((name) => adapter.features.has(name)),
    requiredLimits: Object.fromEntries(raised.map((name) => [name, adapter.limits[name]])),
  });
}

/** The adapter's name, as people know it. */
export const adapterName = ({
  description,
  device,
  vendor,
  architecture,
}: GPUAdapterInfo): string =>
  description || [vendor, device || architecture].filter(Boolean).join(" ") || "unknown adapter";

/** Whether an adapter of that name is a processor that plays a GPU. */
export const isSoftware = (adapter: string): boolean =>
  /swiftshader|llvmpipe|lavapipe|warp|basic render/i.test(adapter);
