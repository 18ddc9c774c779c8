import type { Backend, Candidate, Limits, Session } from "../../session/backend.ts";
import type { Roofs } from "../../stopwatch/roofs.ts";
import { withKernel } from "../../stopwatch/with-kernel.ts";
import type { KernelTensor } from "../../task/tensor.ts";

/** Each invocation copies four numbers, so that few of them keep the memory busy. */
const copyKernel: Candidate = {
  grid: { per: "element", size: 1024 },
  source: `
@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> y: array<vec4<f32>>;
@compute @workgroup_size(256) fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  y[id.x] = x[id.x];
}`,
};

/** Chains of fused multiply-adds that hide each other's latency. */
const chains = 4;
const lanes = 4;
const arithmeticKernel: Candidate = {
  grid: { per: "element", size: 64 },
  source: `
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> dims: vec4<u32>;
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let m = vec4<f32>(x[0]);
  let c = 1.0 - m;
  var a = vec4<f32>(f32(id.x)) + vec4<f32>(1.0, 2.0, 3.0, 4.0);
  var b = a + 4.0;
  var d = a + 8.0;
  var e = a + 12.0;
  for (var k = 0u; k < dims.y; k++) {
    a = fma(a, m, c);
    b = fma(b, m, c);
    d = fma(d, m, c);
    e = fma(e, m, c);
  }
  let sum = a + b + d + e;
  y[id.x] = sum.x + sum.y + sum.z + sum.w;
}`,
};

const limits: Limits = {
  callTimeout: 5_000,
  compileTimeout: 20_000,
  memory: 2 ** 30,
  processes: 1,
};

/** A pass that takes as long tells enough, in nanoseconds. */
const enough = 1e6;

/**
 * Measures what a device can do, by copying arrays of rising size and by multiply-adds in registers;
 * the best of a few passes counts. About a second on a GPU.
 */
export async function measureWgslRoofs(
  backend: Backend,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Roofs> {
  const probe = await backend.probe();
  const within = signal ? { limits, signal } : { limits };
  const bandwidth = await withKernel(backend, copyKernel, within, copies);
  const flopsPerSecond = await withKernel(backend, arithmeticKernel, within, arithmetic);
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

async function arithmetic(session: Session): Promise<number> {
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
    flopsPerSecond = Math.max(flopsPerSecond, (2e9 * chains * lanes * n * passes) / best(ns));
    if (best(ns) > enough) break;
  }
  return flopsPerSecond;
}
