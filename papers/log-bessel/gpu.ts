import type { Rng } from "@daily-kernel/compute";
import type { Measurement } from "@daily-kernel/reproduction";
import type { GpuOptions, logBesselIGpu, logBesselKGpu } from "@daily-kernel/special";
import { drawRegions, type LogBessel, mixedError, regions } from "./accuracy.ts";
import timing from "./scipy-timing.json" with { type: "json" };
import { median } from "./speed.ts";
import { ranges, yardstick } from "./yardstick.ts";

/** A logarithm of a Bessel function on a device. */
export type LogBesselGpu = (
  device: GPUDevice,
  v: Float64Array,
  x: Float64Array,
  options: GpuOptions,
) => Promise<Float32Array | Float64Array>;

interface Pair {
  readonly name: string;
  readonly gpu: LogBesselGpu;
  readonly cpu: LogBessel;
}

/** Adapts the library's overloads, which tie the result to the precision. */
export const anyPrecision =
  (f: typeof logBesselIGpu | typeof logBesselKGpu): LogBesselGpu =>
  (device, v, x, { precision, ...rest }) =>
    precision === "f32"
      ? f(device, v, x, { precision, ...rest })
      : f(device, v, x, { precision, ...rest });

/**
 * Largest mixed difference between device and CPU over random points of every region, at arguments
 * that f32 holds exactly, so that it is the arithmetic that is compared.
 */
export async function agreement(
  device: GPUDevice,
  pairs: readonly Pair[],
  rng: Rng,
  perRegion: number,
): Promise<Measurement> {
  const drawn = Object.values(drawRegions(perRegion, rng))
    .flat()
    .filter(([, x]) => x > 1e-30);
  const v = Float64Array.from(drawn, ([order]) => Math.fround(order));
  const x = Float64Array.from(drawn, ([, argument]) => Math.fround(argument));
  const controls: { label: string; value: number }[] = [];
  for (const { name, gpu, cpu } of pairs) {
    const expected = cpu(v, x);
    for (const precision of ["f32", "double-float"] as const) {
      const got = await gpu(device, v, x, { precision });
      const value = expected.reduce((worst, e, i) => Math.max(worst, mixedError(got[i]!, e)), 0);
      controls.push({ label: `${name} in ${precision}`, value });
    }
  }
  return {
    kind: "rounding",
    tolerance: 1e-5,
    value: Math.max(...controls.map(({ value }) => value)),
    n: drawn.length,
    controls,
    note: `${regions.length} regions of the switching table; arguments that f32 holds exactly.`,
  };
}

/** Whether a device is a program that stands in for a GPU. */
export const isSoftware = ({ adapterInfo: { vendor, architecture, description } }: GPUDevice) =>
  /swiftshader|llvmpipe|lavapipe/i.test(`${vendor} ${architecture} ${description}`);

/** SciPy's stored time over the GPU's time now, transfers and checks included. */
export async function gpuSpeedup(
  device: GPUDevice,
  pairs: readonly Pair[],
  rng: Rng,
): Promise<Measurement> {
  const points = 1 << 21;
  const carried = yardstick() / timing.yardstick;
  const spread = Math.exp(0.1 + Math.abs(Math.log(carried)));
  const ratios: number[] = [];
  for (const {
    name,
    v: [v0, v1],
    x: [x0, x1],
  } of ranges) {
    const v = rng.fillUniform(new Float64Array(points)).map((u) => v0 + (v1 - v0) * u);
    const x = rng.fillUniform(new Float64Array(points)).map((u) => x1 - (x1 - x0) * u);
    for (const [i, { gpu }] of pairs.entries()) {
      let best = Infinity;
      for (let repeat = 0; repeat < 3; repeat++) {
        const start = performance.now();
        await gpu(device, v, x, { precision: "f32" });
        best = Math.min(best, ((performance.now() - start) * 1e6) / points);
      }
      const { logI, logK } = timing.nanoseconds[name];
      ratios.push(((i === 0 ? logI : logK) * carried) / best);
    }
  }
  const value = median(ratios);
  return {
    kind: "timing",
    value,
    n: ratios.length,
    unit: "times faster",
    interval: [value / spread, value * spread],
    note: "In f32, with checks, uploads and downloads counted; the paper computes in f64 in CUDA, on data that is on the device already.",
  };
}
