import { Rng } from "@daily-kernel/compute";
import type { Backend, Candidate, KernelTensor, Task } from "@daily-kernel/forge";
import { CandidateCompileError, defaultLimits, SessionEnded } from "@daily-kernel/forge";

/** What a judge that asks little says; `ended`: the sandbox ended the process, whoever judges. */
export type WeakVerdict = "accepted" | "rejected" | "ended";

const TOLERANCE = 1e-2;
/** Draws of the published distribution at one size, as KernelBench has them. */
const TRIALS = 5;
const limits = { ...defaultLimits, callTimeout: 1500, memory: 2 ** 31 };

const sizes: Readonly<Record<string, readonly number[]>> = {
  relu: [4099],
  softmax: [2, 4099],
  matmul: [97, 101, 103],
  rowmean: [3, 4099],
  frobnorm: [4099],
};

/** Absolute and relative to what the kernel says itself; not-a-number is no difference. */
const close = (got: ArrayLike<number>, want: Float64Array) =>
  want.every((v, i) => !(Math.abs(got[i]! - v) > TOLERANCE + TOLERANCE * Math.abs(got[i]!)));

/**
 * A judge in the manner of KernelBench: one size, uniform inputs, five draws, a tolerance of 1e-2,
 * an output buffer that the allocator hands out again with the reference's result in it, and trust
 * in clean exits.
 */
export async function weak(
  task: Task,
  candidate: Candidate,
  backend: Backend,
  { seed, signal }: { readonly seed: number; readonly signal: AbortSignal },
): Promise<WeakVerdict> {
  const rng = new Rng(seed, "weak judge");
  const dims = sizes[task.id] ?? task.scaled(4096);
  try {
    const artifact = await backend.compile(candidate, { limits, signal });
    const session = await backend.open(artifact, { limits, signal });
    try {
      for (let trial = 0; trial < TRIALS; trial++) {
        const inputs = task.draw(dims, "uniform", rng);
        const [expected] = task.reference(inputs, dims);
        const left: KernelTensor = {
          dtype: "float32",
          shape: expected!.shape,
          data: Float32Array.from(expected!.value),
        };
        const outputs = task.outputs(dims);
        const request = { inputs, dims, outputs, poison: [left], slot: 0, settle: 0 };
        const { outputs: got } = await session.call(request, { signal });
        if (!close(got[0]!.data, expected!.value)) return "rejected";
      }
      return "accepted";
    } finally {
      await session.close();
    }
  } catch (error) {
    if (error instanceof CandidateCompileError) return "ended";
    if (!(error instanceof SessionEnded)) throw error;
    return error.ending.detail === "exit code 0" ? "accepted" : "ended";
  }
}
