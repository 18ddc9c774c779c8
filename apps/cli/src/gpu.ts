import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { requestGPU } from "@daily-kernel/compute";
import { installWebGPU, softwareGpuEnv } from "@daily-kernel/compute/node";
import { handOver } from "./hand-over.ts";

/** Set in the process that was started with the packaged software adapter. */
const marker = "DAILY_KERNEL_SOFTWARE_GPU";

/** The machine's WebGPU device. */
export async function nodeGpu(): Promise<GPUDevice> {
  await installWebGPU();
  return requestGPU();
}

/** The adapter's name, as a record keeps it. */
export const gpuName = ({ adapterInfo: { description, device, vendor } }: GPUDevice): string =>
  description || device || vendor || "unknown adapter";

/**
 * Where this machine has no adapter of its own, runs the same command again with the packaged
 * software one, whose libraries have to be in the environment when a process starts. Returns that
 * process's exit code, or `null` where this process can go on itself.
 */
export async function rerunWithSoftwareGpu(argv: readonly string[]): Promise<number | null> {
  if (process.env[marker]) return null;
  const probe = fileURLToPath(new URL("./probe-gpu.ts", import.meta.url));
  if (spawnSync(process.execPath, [probe], { stdio: "ignore" }).status === 0) return null;
  const env = { ...process.env, ...(await softwareGpuEnv()), [marker]: "1" };
  const main = fileURLToPath(new URL("./main.ts", import.meta.url));
  return handOver(main, argv, env);
}
