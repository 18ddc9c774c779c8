import { runCompute, unsupportedError } from "@daily-kernel/compute";
import { logI, logK } from "./scalar.ts";
import type { GpuPrecision } from "./wgsl-arithmetic.ts";
import { WGSL_PARTS, WGSL_TABLES, wgslLogBessel } from "./wgsl-kernel.ts";

const WORKGROUP = 64;

/** Writes a double as the sum of `parts` f32, largest first, to the i-th place. */
function split(value: number, to: Float32Array, i: number, parts: number): void {
  for (let k = 0; k < parts; k++) {
    to[i * parts + k] = value;
    value -= Math.fround(value);
  }
}

/** One dispatch: log I or log K of pairs that f32 can hold. */
export async function dispatch(
  device: GPUDevice,
  precision: GpuPrecision,
  isK: boolean,
  v: Float64Array,
  x: Float64Array,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const n = v.length;
  const parts = WGSL_PARTS[precision];
  const inputs = new Float32Array(2 * n * parts.argument);
  for (let i = 0; i < n; i++) {
    split(v[i]!, inputs, 2 * i, parts.argument);
    split(x[i]!, inputs, 2 * i + 1, parts.argument);
  }
  const results = await runCompute(device, {
    code: wgslLogBessel(precision),
    buffers: [
      { uniform: Uint32Array.of(n, isK ? 1 : 0, 0, 0) },
      { read: WGSL_TABLES },
      { read: inputs },
      { write: new Float32Array(n * parts.result) },
    ],
    workgroups: [Math.ceil(n / WORKGROUP)],
    ...(signal === undefined ? {} : { signal }),
  });
  const y = results[0]!;
  if (parts.result === 1) return Float64Array.from(y);
  return Float64Array.from({ length: n }, (_, i) => y[2 * i]! + y[2 * i + 1]!);
}

const PROBE_V = Float64Array.of(0, 3.3, 12.7, 500.1, 1e5 / 3, 7);
const PROBE_X = Float64Array.of(0.3, 4.7, 0.9, 331.4, 1e5 / 7, 40.1);
const probes = new WeakMap<GPUDevice, Promise<void>>();

async function probe(device: GPUDevice): Promise<void> {
  for (const [isK, scalar] of [
    [false, logI],
    [true, logK],
  ] as const) {
    const y = await dispatch(device, "double-float", isK, PROBE_V, PROBE_X);
    const good = y.every((value, i) => {
      const want = scalar(PROBE_V[i]!, PROBE_X[i]!);
      return Math.abs(value - want) <= 1e-12 * Math.max(1, Math.abs(want));
    });
    if (!good) {
      throw unsupportedError(
        'double-float: this GPU\'s shader compiler rearranges sums, which destroys the low halves; use precision "f32" or the CPU functions',
      );
    }
  }
}

/** Resolves if double-float arithmetic works on this device; found out once. */
export function requireDoubleFloat(device: GPUDevice): Promise<void> {
  let result = probes.get(device);
  if (result === undefined) {
    result = probe(device);
    probes.set(device, result);
  }
  return result;
}
