import { nodeSource } from "@daily-kernel/datasets/node";
import {
  type Device,
  type Preset,
  type RunEvent,
  type RunRecord,
  runRoom,
} from "@daily-kernel/reproduction";
import { commitOf, readRoom, sourcesOf, thisMachine } from "@daily-kernel/reproduction/node";

/** One reproduction to measure. */
export interface MeasureOptions {
  /** The folder that holds `papers` and `packages`. */
  readonly root: string;
  readonly slug: string;
  readonly preset: Preset;
  readonly seed: number;
  readonly device: Device;
  /** All cores by default. */
  readonly threads?: number | undefined;
  /** The WebGPU device with its name, where the room asks for one. */
  readonly gpu: () => Promise<{ device: GPUDevice; name: string }>;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

/** Measures a paper's claims on this machine, in this process, and says where and when. */
export async function measure(options: MeasureOptions): Promise<RunRecord> {
  const { root, slug, preset, seed, device, signal, onEvent } = options;
  const room = await readRoom(root, slug);
  const machine = thisMachine(null);
  const threads = options.threads ?? machine.cores;
  let gpu: string | null = null;
  const startedAt = new Date().toISOString();
  const result = await runRoom(room, {
    preset,
    seed,
    device,
    threads,
    source: nodeSource({}),
    gpu: async () => {
      const found = await options.gpu();
      gpu = found.name;
      return found.device;
    },
    ...(signal && { signal }),
    ...(onEvent && { onEvent }),
  });
  return {
    version: 1,
    slug,
    preset,
    seed,
    device,
    threads,
    machine: { ...machine, gpu },
    ...commitOf(root),
    ...sourcesOf(root, slug),
    startedAt,
    ...result,
  };
}
