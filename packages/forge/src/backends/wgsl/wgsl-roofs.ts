import type { Backend, Candidate } from "../../session/backend.ts";
import type { Roofs } from "../../stopwatch/roofs.ts";
import { roofsByKernels } from "../remote/roofs-by-kernels.ts";

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

/**
 * Measures what a device can do, by copying arrays of rising size and by multiply-adds in registers;
 * the best of a few passes counts. About a second on a GPU.
 */
export const measureWgslRoofs = (
  backend: Backend,
  options: { signal?: AbortSignal } = {},
): Promise<Roofs> =>
  roofsByKernels(
    backend,
    { copy: copyKernel, arithmetic: arithmeticKernel, operations: 2 * chains * lanes },
    options,
  );
