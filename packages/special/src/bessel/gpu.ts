import { runCompute, typeError } from "@daily-kernel/compute";
import { checkElements, commonLength, type Values } from "./bessel-function.ts";
import type { Orders } from "./domain.ts";
import { logI, logK } from "./scalar.ts";
import type { GpuPrecision } from "./wgsl-arithmetic.ts";
import { WGSL_PARTS, WGSL_TABLES, wgslLogBessel } from "./wgsl-kernel.ts";

export interface GpuOptions<P extends GpuPrecision = GpuPrecision> {
  precision: P;
  signal?: AbortSignal | undefined;
  /** Called after every dispatch with the number of finished elements and of all. */
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Elements a dispatch: 8 MiB a buffer, within every device's default limits. */
const CHUNK = 1 << 20;
const WORKGROUP = 64;

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
  { precision, signal, onProgress }: GpuOptions<P>,
): Promise<Float32Array | Float64Array> {
  if (!PRECISIONS.includes(precision)) {
    throw typeError(`${name}: precision must be "f32" or "double-float", got ${String(precision)}`);
  }
  const n = commonLength(name, [v, x]);
  checkElements(name, orders, n, [v, x]);
  const out = precision === "f32" ? new Float32Array(n) : new Float64Array(n);
  const rounded = precision === "f32" ? Math.fround : (a: number) => a;
  const element = (a: Values, i: number) => rounded(typeof a === "number" ? a : a[i]!);
  const code = wgslLogBessel(precision);
  const parts = WGSL_PARTS[precision];
  for (let start = 0; start < n; start += CHUNK) {
    const count = Math.min(CHUNK, n - start);
    const inputs = new Float32Array(2 * count * parts.argument);
    const beyond: number[] = [];
    for (let i = 0; i < count; i++) {
      const order = Math.abs(element(v, start + i));
      const argument = element(x, start + i);
      const fits = fitsF32(order, argument);
      if (!fits) beyond.push(start + i);
      split(fits ? order : 1, inputs, 2 * i, parts.argument);
      split(fits ? argument : 1, inputs, 2 * i + 1, parts.argument);
    }
    const results = await runCompute(device, {
      code,
      buffers: [
        { uniform: Uint32Array.of(count, isK ? 1 : 0, 0, 0) },
        { read: WGSL_TABLES },
        { read: inputs },
        { write: new Float32Array(count * parts.result) },
      ],
      workgroups: [Math.ceil(count / WORKGROUP)],
      ...(signal === undefined ? {} : { signal }),
    });
    const y = results[0]!;
    for (let i = 0; i < count; i++) {
      out[start + i] = parts.result === 1 ? y[i]! : y[2 * i]! + y[2 * i + 1]!;
    }
    for (const i of beyond) out[i] = scalar(Math.abs(element(v, i)), element(x, i));
    onProgress?.(start + count, n);
  }
  return out;
}

/** Writes a double as the sum of `parts` f32, largest first, to the i-th place. */
function split(value: number, to: Float32Array, i: number, parts: number): void {
  for (let k = 0; k < parts; k++) {
    to[i * parts + k] = value;
    value -= Math.fround(value);
  }
}

const KIND_I: Kind = { name: "logBesselIGpu", orders: "integer", isK: false, scalar: logI };
const KIND_K: Kind = { name: "logBesselKGpu", orders: "even", isK: true, scalar: logK };

/**
 * log I_v(x) elementwise on a GPU, in WGSL. With "f32" the arguments are rounded to f32 and the
 * result is a Float32Array; with "double-float" arguments and arithmetic are pairs of f32 (48 bits)
 * and the result is a Float64Array. Domain and errors as `logBesselI`; the few elements outside
 * v <= 1e15, 1e-12 max(1, v) <= x <= 1e15, whose intermediates f32 cannot hold, are computed here.
 * @throws (rejects) TypeError `ERR_TYPE` for another precision, RangeError as `logBesselI`, the
 *   signal's reason when aborted.
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
