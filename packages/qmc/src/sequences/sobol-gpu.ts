import {
  allocate,
  checkObject,
  checkType,
  runCompute,
  unsupportedError,
} from "@daily-kernel/compute";
import { DigitalNetB2 } from "./digital-net-b2.ts";
import type { NetPlan } from "./net/net-plan.ts";
import { GPU_BLOCK, GPU_WORKGROUP, NET_WGSL } from "./net/net-wgsl.ts";
import { wordsToDoubles } from "./net/net-words.ts";
import type { PointSet } from "./sequence.ts";

export interface SobolGpuOptions {
  device: GPUDevice;
  /** Index of the first point; 0 by default. */
  nMin?: number;
  /** Index after the last point. */
  nMax: number;
  signal?: AbortSignal;
}

/** Bytes of points a dispatch, if the device binds as much. */
const BYTES = 2 ** 26;

/** The words of points first..last-1 of one replication, from one dispatch. */
async function dispatch(
  device: GPUDevice,
  plan: NetPlan,
  first: number,
  last: number,
  signal?: AbortSignal,
): Promise<Uint32Array> {
  const { components, columns, planes, shift } = plan;
  const start = Math.floor(first / GPU_BLOCK);
  const blocks = Math.ceil(last / GPU_BLOCK) - start;
  const groups = Math.ceil((blocks * components) / GPU_WORKGROUP);
  const x = Math.min(groups, device.limits.maxComputeWorkgroupsPerDimension);
  const base = start * GPU_BLOCK;
  const count = last - first;
  const task = Uint32Array.of(
    ...[base % 2 ** 32, Math.floor(base / 2 ** 32), first - base, count],
    ...[components, columns, blocks, x * GPU_WORKGROUP],
  );
  const points = new Uint32Array(2 * count * components);
  const results = await runCompute(device, {
    code: NET_WGSL,
    buffers: [{ uniform: task }, { read: planes }, { read: shift }, { write: points }],
    workgroups: [x, Math.ceil(groups / x)],
    ...(signal && { signal }),
  });
  return results[0] as Uint32Array;
}

/**
 * Points nMin..nMax-1 of a base-2 net (linear matrix scramble and digital shift included) made by a
 * GPU, in integer words that the CPU turns to doubles: the same bits as `sequence.points`, for the
 * same ranges.
 *
 * Throws `ERR_UNSUPPORTED` for nets of nested uniform scrambling, which is not linear, and as
 * `runCompute` does; the signal's reason when aborted.
 */
export async function sobolGpu(
  sequence: DigitalNetB2,
  options: SobolGpuOptions,
): Promise<PointSet> {
  checkType(
    sequence instanceof DigitalNetB2,
    "sobolGpu",
    "sequence",
    "a DigitalNetB2 or a Sobol",
    sequence,
  );
  checkObject("sobolGpu", "options", options);
  const { device, signal } = options;
  const { nMin, nMax, plans } = sequence.recipe(options);
  checkType(
    typeof device?.createShaderModule === "function",
    "sobolGpu",
    "options.device",
    "a GPUDevice",
    device,
  );
  if (plans.some((plan) => plan.scramble !== undefined)) {
    throw unsupportedError(
      `sobolGpu: randomize "${sequence.randomize}" runs on the CPU only; use LMS_DS, LMS, DS or none`,
    );
  }
  signal?.throwIfAborted();
  const { replications, dimension } = sequence;
  const n = nMax - nMin;
  const data = allocate("sobolGpu", Float64Array, replications * n * dimension);
  const bytes = Math.min(BYTES, device.limits.maxStorageBufferBindingSize);
  const most = Math.max(1, Math.floor(bytes / 8 / dimension));
  for (const [r, plan] of plans.entries()) {
    for (let first = nMin; first < nMax; first += most) {
      const last = Math.min(nMax, first + most);
      const words = await dispatch(device, plan, first, last, signal);
      const at = (r * n + first - nMin) * dimension;
      wordsToDoubles(words, data.subarray(at, at + (last - first) * dimension));
    }
  }
  return { data, replications, n, dimension };
}
