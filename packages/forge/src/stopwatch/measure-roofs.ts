import type { Backend, Limits, Session } from "../session/backend.ts";
import type { KernelTensor } from "../task/tensor.ts";
import { memoryKernel, PEAK_FLOPS, peakKernel, waysAcross } from "./roof-kernels.ts";
import type { BandwidthPoint, Roof, Roofs } from "./roofs.ts";
import { withKernel } from "./with-kernel.ts";

interface Options {
  /** All cores; a second roof is measured with so many threads where there are several (1). */
  readonly cores?: number;
  /** Bytes that a pass moves, rising; the last must not fit in any cache. */
  readonly footprints?: readonly number[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
}

const limits: Limits = {
  callTimeout: 20_000,
  compileTimeout: 60_000,
  memory: 2 ** 31,
  processes: 64,
};
const footprintsByDefault = [24e3, 384e3, 3e6, 12e6, 48e6, 192e6];

/**
 * Measures the roofs of this machine with kernels of our own through the back end that candidates
 * run on: fused multiply-adds in registers, and passes over arrays of several sizes. The best of a
 * few calls counts, since everything else on the machine only slows them. Takes a few seconds a
 * thread count.
 */
export async function measureRoofs(backend: Backend, options: Options = {}): Promise<Roofs> {
  const { cores = 1, footprints = footprintsByDefault, signal, onProgress } = options;
  const probe = await backend.probe();
  const counts = cores > 1 ? [1, cores] : [1];
  const roofs: Roof[] = [];
  const steps = counts.length * (footprints.length + 1);
  let done = 0;
  const step = () => onProgress?.(++done / steps);
  const within = signal ? { limits, signal } : { limits };
  for (const threads of counts) {
    const flopsPerSecond = await withKernel(backend, peakKernel, within, (session) =>
      peak(session, threads),
    );
    step();
    const points = await withKernel(backend, memoryKernel, within, async (session) => {
      const seen: BandwidthPoint[] = [];
      for (const footprint of footprints) {
        seen.push({ footprint, bytesPerSecond: await bandwidth(session, footprint, threads) });
        step();
      }
      return seen;
    });
    const one = roofs[0];
    roofs.push({
      threads,
      flopsPerSecond: Math.max(flopsPerSecond, one?.flopsPerSecond ?? 0),
      // More threads can do what one can.
      bandwidth: points.map(({ footprint, bytesPerSecond }, i) => ({
        footprint,
        bytesPerSecond: Math.max(bytesPerSecond, one?.bandwidth[i]?.bytesPerSecond ?? 0),
      })),
    });
  }
  return { hardware: probe.available ? probe.hardware : backend.id, roofs };
}

const tensor = (n: number, value: number): KernelTensor => ({
  dtype: "float32",
  shape: [n],
  data: new Float32Array(n).fill(value),
});

async function peak(session: Session, threads: number): Promise<number> {
  const passes = 200_000;
  const outputs = [tensor(threads, 0)];
  const { ns } = await session.call({
    inputs: [tensor(1, 1)],
    dims: [passes, threads],
    outputs,
    poison: outputs,
    slot: 0,
    timed: 20,
  });
  return (1e9 * PEAK_FLOPS * passes * threads) / Math.min(...ns);
}

/** What a pass must move for an element. */
const bytesAcross = { triad: 12, "streaming triad": 12, sum: 4, "streaming copy": 8 } as const;

/** The best of the ways, each counted by what it must move: 12 bytes an element, 4 or 8. */
async function bandwidth(session: Session, footprint: number, threads: number): Promise<number> {
  let best = 0;
  for (const [way, name] of waysAcross.entries()) {
    const bytes = bytesAcross[name];
    const n = Math.ceil(footprint / bytes);
    // About 40 MB go across in a call, so that neither the clock nor the start of threads shows.
    const passes = Math.max(1, Math.round(40e6 / footprint));
    const outputs = [tensor(n, 0)];
    const { ns } = await session.call({
      inputs: [tensor(n, 1), tensor(name === "sum" ? 1 : n, 2)],
      dims: [n, threads, passes, way],
      outputs,
      poison: outputs,
      slot: 0,
      timed: footprint > 1e8 ? 3 : 5,
    });
    best = Math.max(best, (1e9 * bytes * n * passes) / Math.min(...ns));
  }
  return best;
}
