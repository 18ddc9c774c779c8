import { Rng } from "@daily-kernel/compute";
import { fwht32, type fwht32Gpu } from "@daily-kernel/kernels";
import { Sobol, type sobolGpu } from "@daily-kernel/qmc";

/** What is computed on the GPU. */
export interface OnGpu {
  readonly points: typeof sobolGpu;
  readonly transform: typeof fwht32Gpu;
}

/**
 * How many of 2^m scrambled Sobol' points' coordinates, and of the numbers of a Walsh-Hadamard
 * transform in single precision, differ from the CPU's in any bit.
 */
export async function differingOnGpu(
  onGpu: OnGpu,
  device: GPUDevice,
  m: number,
  seed: number,
): Promise<{ value: number; n: number }> {
  const nMax = 2 ** m;
  const net = new Sobol({ dimension: 10, seed });
  const [points, onCpu] = [await onGpu.points(net, { device, nMax }), net.points({ nMax })];
  const y = new Rng(seed).fillNormal(new Float32Array(nMax));
  const [transformed, expected] = [await onGpu.transform(device, y), fwht32(y)];
  const different = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    Array.from(b, (value, i) => (Object.is(a[i], value) ? 0 : 1)).reduce(
      (sum: number, d) => sum + d,
      0,
    );
  return {
    value: different(points.data, onCpu.data) + different(transformed, expected),
    n: onCpu.data.length + expected.length,
  };
}
