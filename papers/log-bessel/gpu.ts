import type { Rng } from "@daily-kernel/compute";
import type { Measurement } from "@daily-kernel/reproduction";
import type { GpuOptions, logBesselIGpu, logBesselKGpu } from "@daily-kernel/special";
import { drawRegions, type LogBessel, mixedError, regions } from "./accuracy.ts";

/** A logarithm of a Bessel function on a device. */
export type LogBesselGpu = (
  device: GPUDevice,
  v: Float64Array,
  x: Float64Array,
  options: GpuOptions,
) => Promise<Float32Array | Float64Array>;

interface Pair {
  readonly key: string;
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
  const drawn = Object.values(drawRegions(perRegion, rng)).flatMap(({ v, x }) =>
    Array.from(v, (order, i) => ({ v: Math.fround(order), x: Math.fround(x[i]!) })),
  );
  const normal = drawn.filter(({ x }) => x > 1e-30); // f32 holds smaller ones in fewer digits
  const v = Float64Array.from(normal, (point) => point.v);
  const x = Float64Array.from(normal, (point) => point.x);
  const controls: { label: string; value: number }[] = [];
  for (const { key, gpu, cpu } of pairs) {
    const expected = cpu(v, x);
    for (const precision of ["f32", "double-float"] as const) {
      const got = await gpu(device, v, x, { precision });
      const value = expected.reduce((worst, e, i) => Math.max(worst, mixedError(got[i]!, e)), 0);
      controls.push({ label: `${key} in ${precision}`, value });
    }
  }
  return {
    kind: "rounding",
    tolerance: 1e-5,
    value: Math.max(...controls.map(({ value }) => value)),
    n: normal.length,
    controls,
    note: `${regions.length} regions of the switching table; arguments that f32 holds exactly.`,
  };
}

/** Whether a device is a program that stands in for a GPU. */
export const isSoftware = ({ adapterInfo: { vendor, architecture, description } }: GPUDevice) =>
  /swiftshader|llvmpipe|lavapipe/i.test(`${vendor} ${architecture} ${description}`);
