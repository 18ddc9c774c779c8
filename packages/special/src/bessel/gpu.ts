import { checkRunOptions, checkType } from "@daily-kernel/compute";
import { checkElements, commonLength, type Values } from "./bessel-function.ts";
import type { Orders } from "./domain.ts";
import { dispatch, requireDoubleFloat } from "./gpu-dispatch.ts";
import { logI, logK } from "./scalar.ts";
import type { GpuPrecision } from "./wgsl-arithmetic.ts";

export interface GpuOptions<P extends GpuPrecision = GpuPrecision> {
  precision: P;
  signal?: AbortSignal | undefined;
  /** Called after every dispatch with the number of finished elements and of all. */
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Elements a dispatch: 24 MiB a buffer at most, within every device's default limits. */
const CHUNK = 1 << 20;

/** What keeps every intermediate of the shader, and its low half, in the range of f32. */
const fitsF32 = (v: number, x: number): boolean =>
  v <= 1e15 && x >= 1e-12 && x <= 1e15 && x >= 1e-12 * v;

const PRECISIONS: readonly unknown[] = ["f32", "double-float"];

interface Kind {
  name: string;
  orders: Orders;
  isK: boolean;
  scalar: (v: number, x: number) => number;
}

async function logBesselGpu<P extends GpuPrecision>(
  { name, orders, isK, scalar }: Kind,
  device: GPUDevice,
  v: Values,
  x: Values,
  options: GpuOptions<P>,
): Promise<Float32Array | Float64Array> {
  const isDevice = typeof device?.createShaderModule === "function";
  checkType(isDevice, name, "device", "a GPUDevice", device);
  checkRunOptions(name, options);
  const { precision, signal, onProgress } = options;
  const known = PRECISIONS.includes(precision);
  checkType(known, name, "options.precision", '"f32" or "double-float"', precision);
  const n = commonLength(name, [v, x]);
  checkElements(name, orders, n, [v, x]);
  signal?.throwIfAborted();
  if (precision === "double-float" && n > 0) await requireDoubleFloat(device);
  const out = precision === "f32" ? new Float32Array(n) : new Float64Array(n);
  const rounded = precision === "f32" ? Math.fround : (a: number) => a;
  const element = (a: Values, i: number) => (typeof a === "number" ? a : a[i]!);
  for (let start = 0; start < n; start += CHUNK) {
    const count = Math.min(CHUNK, n - start);
    const chunkV = new Float64Array(count);
    const chunkX = new Float64Array(count);
    const beyond = new Map<number, number>();
    for (let i = 0; i < count; i++) {
      const order = Math.abs(element(v, start + i));
      const argument = element(x, start + i);
      const fits = fitsF32(order, argument);
      if (!fits) beyond.set(i, scalar(order, argument));
      chunkV[i] = fits ? rounded(order) : 1;
      chunkX[i] = fits ? rounded(argument) : 1;
    }
    out.set(await dispatch(device, precision, isK, chunkV, chunkX, signal), start);
    for (const [i, value] of beyond) out[start + i] = value;
    onProgress?.(start + count, n);
  }
  return out;
}

const KIND_I: Kind = { name: "logBesselIGpu", orders: "integer", isK: false, scalar: logI };
const KIND_K: Kind = { name: "logBesselKGpu", orders: "even", isK: true, scalar: logK };

/**
 * log I_v(x) elementwise on a GPU, in WGSL. With "f32" the arguments are rounded to f32 and the
 * result is a Float32Array; with "double-float" arguments and arithmetic are pairs of f32 (48 bits)
 * and the result is a Float64Array. Domain and errors as `logBesselI`; the few elements outside
 * v <= 1e15, 1e-12 max(1, v) <= x <= 1e15, whose intermediates f32 cannot hold, are computed here.
 * @throws (rejects) TypeError `ERR_TYPE` for a device or options of another kind, RangeError as `logBesselI`, the
 *   signal's reason when aborted; Error `ERR_UNSUPPORTED` if the device's shader compiler breaks
 *   double-float arithmetic, which is tried on a few values at the first call for a device.
 */
export function logBesselIGpu(
  device: GPUDevice,
  v: Values,
  x: Values,
  options: GpuOptions<"f32">,
): Promise<Float32Array>;
export function logBesselIGpu(
  device: GPUDevice,
  v: Values,
  x: Values,
  options: GpuOptions<"double-float">,
): Promise<Float64Array>;
export function logBesselIGpu(
  device: GPUDevice,
  v: Values,
  x: Values,
  options: GpuOptions,
): Promise<Float32Array | Float64Array> {
  return logBesselGpu(KIND_I, device, v, x, options);
}

/** log K_v(x) elementwise on a GPU; as `logBesselIGpu`, orders as `logBesselK`. */
export function logBesselKGpu(
  device: GPUDevice,
  v: Values,
  x: Values,
  options: GpuOptions<"f32">,
): Promise<Float32Array>;
export function logBesselKGpu(
  device: GPUDevice,
  v: Values,
  x: Values,
  options: GpuOptions<"double-float">,
): Promise<Float64Array>;
export function logBesselKGpu(
  device: GPUDevice,
  v: Values,
  x: Values,
  options: GpuOptions,
): Promise<Float32Array | Float64Array> {
  return logBesselGpu(KIND_K, device, v, x, options);
}
