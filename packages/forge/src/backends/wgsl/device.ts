import { unsupportedError } from "@daily-kernel/compute";

/** Features that kernels may use where the adapter has them. */
const wanted = ["timestamp-query", "subgroups", "shader-f16"] as const;

/** A device with all that its adapter can give to a compute kernel. */
export async function requestDevice(gpu: GPU | undefined): Promise<GPUDevice> {
  const adapter = await gpu?.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) throw unsupportedError("wgsl: WebGPU offers no adapter here");
  const {
    maxBufferSize,
    maxStorageBufferBindingSize,
    maxComputeInvocationsPerWorkgroup,
    maxComputeWorkgroupSizeX,
    maxComputeWorkgroupSizeY,
    maxComputeWorkgroupStorageSize,
    maxStorageBuffersPerShaderStage,
  } = adapter.limits;
  return adapter.requestDevice({
    requiredFeatures: wanted.filter((name) => adapter.features.has(name)),
    requiredLimits: {
      maxBufferSize,
      maxStorageBufferBindingSize,
      maxComputeInvocationsPerWorkgroup,
      maxComputeWorkgroupSizeX,
      maxComputeWorkgroupSizeY,
      maxComputeWorkgroupStorageSize,
      maxStorageBuffersPerShaderStage,
    },
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
