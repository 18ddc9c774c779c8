import type { Backend, Candidate, Limits, Session } from "../../session/backend.ts";
import type { Roofs } from "../../stopwatch/roofs.ts";
import { withKernel } from "../../stopwatch/with-kernel.ts";
import type { KernelTensor } from "../../task/tensor.ts";

const limits: Limits = {
  callTimeout: 5_000,
  compileTimeout: 20_000,
  memory: 2 ** 30,
  processes: 1,
};

/** A pass that takes as long tells enough, in nanoseconds. */
const enough = 1e6;

export interface RoofKernels {
  /** [n] numbers to as many. */
  readonly copy: Candidate;
  /** So many numbers by [n, passes] multiply-adds of 0.5; `operations` are those of one pass. */
  readonly arithmetic: Candidate;
  readonly operations: number;
}

/** The roofs of a back end by two kernels in its language; the best of a few passes counts. */
export async function roofsByKernels(
  backend: Backend,
  { copy, arithmetic, operations }: RoofKernels,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Roofs> {
  const probe = await backend.probe();
  const within = signal ? { limits, signal } : { limits };
  const bandwidth = await withKernel(backend, copy, within, copies);
  const flopsPerSecond = await withKernel(backend, arithmetic, within, (session) =>
    multiplyAdds(session, operations),
  );
  return {
    hardware: probe.available ? probe.hardware : backend.id,
    roofs: [{ threads: 1, flopsPerSecond, bandwidth }],
  };
}

const tensor = (n: number, value: number): KernelTensor => ({
  dtype: "float32",
  shape: [n],
  data: new Float32Array(n).fill(value),
});

const best = (ns: readonly number[]) => Math.max(1, Math.min(...ns.filter((one) => one > 0)));

async function copies(session: Session) {
  const points: { footprint: number; bytesPerSecond: number }[] = [];
  for (const n of [1 << 14, 1 << 18, 1 << 21, 1 << 23]) {
    const y = tensor(n, 0);
    const { ns } = await session.call({
      inputs: [tensor(n, 1)],
      dims: [n],
      outputs: [y],
      poison: [y],
      slot: 0,
      timed: 16,
    });
    points.push({ footprint: 8 * n, bytesPerSecond: (8e9 * n) / best(ns) });
    if (best(ns) > 5 * enough) break;
  }
  return points;
}

async function multiplyAdds(session: Session, operations: number): Promise<number> {
  const n = 1 << 16;
  const y = tensor(n, 0);
  let flopsPerSecond = 0;
  for (let passes = 16; passes <= 1 << 14; passes *= 4) {
    const { ns } = await session.call({
      inputs: [tensor(1, 0.5)],
      dims: [n, passes],
      outputs: [y],
      poison: [y],
      slot: 0,
      timed: 8,
    });
    flopsPerSecond = Math.max(flopsPerSecond, (1e9 * operations * n * passes) / best(ns));
    if (best(ns) > enough) break;
  }
  return flopsPerSecond;
}
