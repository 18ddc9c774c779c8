import type { Backend, Candidate } from "../../session/backend.ts";
import { CandidateCompileError } from "../../session/errors.ts";
import type { Roofs } from "../../stopwatch/roofs.ts";
import { roofsByKernels } from "../remote/roofs-by-kernels.ts";

const each = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join("\n");

const copy: Candidate = {
  source: `export function forge_kernel(inputs: usize, outputs: usize, dims: usize): i32 {
  memory.copy(<usize>load<u32>(outputs), <usize>load<u32>(inputs), <usize>load<i64>(dims) << 2);
  return 0;
}`,
};

/** Chains of multiply-adds, enough to hide their latency. */
const chains = 10;
const lanes = 4;

/** Fused where `madd` is: only some engines have that, and kernels may ask for it. */
const arithmetic = (madd: (i: number) => string): string => `
export function forge_kernel(inputs: usize, outputs: usize, dims: usize): i32 {
  const y = <usize>load<u32>(outputs);
  const n = <usize>load<i64>(dims);
  const passes = <i32>load<i64>(dims, 8);
  const m = v128.load_splat<f32>(<usize>load<u32>(inputs));
  const c = f32x4.sub(f32x4.splat(1), m);
  for (let i: usize = 0; i < n; i++) {
    ${each(chains, (k) => `let a${k} = f32x4.splat(<f32>i + ${k});`)}
    for (let pass = 0; pass < passes; pass++) {
      ${each(chains, (k) => `a${k} = ${madd(k)};`)}
    }
    ${each(chains - 1, (k) => `a0 = f32x4.add(a0, a${k + 1});`)}
    store<f32>(y + (i << 2), f32x4.extract_lane(a0, 0) + f32x4.extract_lane(a0, 3));
  }
  return 0;
}`;
const fused: Candidate = {
  source: arithmetic((i) => `f32x4.relaxed_madd(a${i}, m, c)`),
  flags: ["--enable=simd,relaxed-simd"],
};
const apart: Candidate = { source: arithmetic((i) => `f32x4.add(f32x4.mul(a${i}, m), c)`) };

/** Measures what one thread of this engine can do, as `measureWgslRoofs` does for a device. */
export async function measureWasmRoofs(
  backend: Backend,
  options: { signal?: AbortSignal } = {},
): Promise<Roofs> {
  const roofs = (kernel: Candidate) =>
    roofsByKernels(backend, { copy, arithmetic: kernel, operations: 2 * chains * lanes }, options);
  try {
    return await roofs(fused);
  } catch (error) {
    if (error instanceof CandidateCompileError) return roofs(apart);
    throw error;
  }
}
