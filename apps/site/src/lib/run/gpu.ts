import { requestGPU } from "@daily-kernel/compute";

/** A WebGPU device that is asked for once, when first needed. */
export interface Gpu {
  device(): Promise<GPUDevice>;
  /** The adapter's name, `null` while no device was asked for. */
  name(): string | null;
}

export function openGpu(): Gpu {
  let name: string | null = null;
  let opened: Promise<GPUDevice> | undefined;
  const open = async () => {
    const device = await requestGPU();
    const { vendor, architecture, description } = device.adapterInfo;
    name = description || [vendor, architecture].filter(Boolean).join(" ") || "unnamed GPU";
    return device;
  };
  return {
    device() {
      opened ??= open();
      return opened;
    },
    name: () => name,
  };
}
