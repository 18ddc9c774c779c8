import { matmul, matrix, Rng, requestGPU, runCompute, ThreadPool } from "@daily-kernel/compute";
import { philoxDigest } from "../../packages/compute/src/philox.ts";

/** A hash of the bits of some arrays. */
function bits(...arrays: (Float64Array | Float32Array | Uint32Array)[]): string {
  return arrays
    .map((a) => philoxDigest([...new Uint32Array(a.buffer, a.byteOffset, a.byteLength / 4)]))
    .join(" ");
}

function random(): string {
  const rng = new Rng(2026, "same numbers");
  const gammas = Float64Array.from({ length: 500 }, (_, i) => rng.gamma(0.01 * (i + 1)));
  const betas = Float64Array.from({ length: 500 }, (_, i) => rng.beta(0.01 * (i + 1), 0.5));
  const n = 1001;
  return bits(
    rng.fillUint32(new Uint32Array(n)),
    rng.fillUniform(new Float64Array(n)),
    rng.fillNormal(new Float64Array(n)),
    rng.fillExponential(new Float32Array(n)),
    rng.permutation(n),
    gammas,
    betas,
  );
}

const LOGISTIC_MAP = `
@group(0) @binding(0) var<storage, read_write> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> n: array<u32>;
@compute @workgroup_size(32) fn main(@builtin(global_invocation_id) id: vec3u) {
  for (var i = 0u; i < 20u; i++) { x[id.x] = x[id.x] * (1 - x[id.x]); n[id.x] = n[id.x] * 747796405u + 1u; }
}`;

async function shader(): Promise<string> {
  const device = await requestGPU();
  const rng = new Rng(7);
  const results = await runCompute(device, {
    code: LOGISTIC_MAP,
    buffers: [
      { write: rng.fillUniform(new Float32Array(256)) },
      { write: rng.fillUint32(new Uint32Array(256)) },
    ],
    workgroups: [8],
  });
  device.destroy();
  return `${bits(results[1] as Uint32Array)} ${[...results[0]!].map((x) => x.toFixed(6))}`;
}

/** A product of integer matrices, so that fused and plain arithmetic agree, on two threads. */
async function threads(): Promise<string> {
  await using pool = await ThreadPool.create({ threads: 2 });
  const rng = new Rng(3);
  const square = () =>
    matrix(
      200,
      200,
      Float64Array.from({ length: 40_000 }, () => rng.integer(9)),
    );
  const product = await matmul(square(), square(), { pool });
  return `${pool.threads} ${bits(product.data)}`;
}

/** What must be the same in Node and in the browser. */
export async function sameNumbers(): Promise<Record<string, string>> {
  return { random: random(), shader: await shader(), threads: await threads() };
}

Object.assign(globalThis, { sameNumbers });
