import { softwareGpuEnv } from "@daily-kernel/compute/node";
import type { Backend, Ending, Limits } from "../../session/backend.ts";
import { SessionEnded } from "../../session/errors.ts";
import { processGuest } from "../remote/process-guest.ts";
import { remoteBackend, startSession } from "../remote/remote-backend.ts";
import { isSoftware } from "./device.ts";

/** `software`: SwiftShader from the packages, the same everywhere; `hardware`: the machine's GPU. */
export interface WgslOptions {
  readonly device?: "software" | "hardware";
}

const noHardware = "a GPU whose driver speaks Vulkan (Metal, Direct3D 12), or the software adapter";
const tiny = "@compute @workgroup_size(1) fn main() {}";
const probeLimits: Limits = {
  callTimeout: 10_000,
  compileTimeout: 20_000,
  memory: 1 << 28,
  processes: 1,
};

/**
 * WGSL on Dawn, each candidate in a process of its own with an empty environment: it is killed when
 * a call takes longer than the limits allow or when it holds more memory. The software adapter comes
 * out of the packages `webgpu` and `@sparticuz/chromium` and needs no GPU.
 */
export function wgslBackend({ device = "software" }: WgslOptions = {}): Backend {
  const spawn = async (limits: Limits) =>
    processGuest(
      new URL("./child.ts", import.meta.url),
      device === "software" ? await softwareGpuEnv() : hardwareEnvironment(),
      limits,
    );
  return {
    id: "wgsl",
    language: "wgsl",
    async probe() {
      try {
        const guest = await spawn(probeLimits);
        const { session, hardware } = await startSession(guest, { source: tiny }, probeLimits);
        await session.close();
        if (device === "hardware" && isSoftware(hardware))
          return {
            available: false,
            reason: `its only adapter, ${hardware}, is a processor that plays a GPU`,
            remedy: noHardware,
          };
        return { available: true, hardware, version: `webgpu (Dawn), ${device}` };
      } catch (error) {
        return {
          available: false,
          reason: error instanceof SessionEnded ? words(error.ending) : (error as Error).message,
          remedy: device === "hardware" ? noHardware : "npm install webgpu @sparticuz/chromium",
        };
      }
    },
    ...remoteBackend("wgsl", spawn),
  };
}

const words = ({ detail, log }: Ending) => [detail, log.split("\n")[0]].filter(Boolean).join("; ");

/** What a driver of the machine needs to be found. */
function hardwareEnvironment(): Record<string, string> {
  const names = [
    "LD_LIBRARY_PATH",
    "VK_ICD_FILENAMES",
    "VK_DRIVER_FILES",
    "XDG_RUNTIME_DIR",
    "HOME",
  ];
  const known = names.map((name) => [name, process.env[name]] as const);
  return Object.fromEntries(known.filter((pair): pair is [string, string] => Boolean(pair[1])));
}
