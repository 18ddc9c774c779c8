import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { softwareGpuEnv } from "./gpu-node.ts";

/**
 * These tests talk to a real adapter: SwiftShader on Linux x64, the machine's own elsewhere. The
 * loader wants its environment at the start of a process, so each case runs in a child.
 */
async function inGpuProcess(body: string): Promise<unknown> {
  const env = process.platform === "linux" ? await softwareGpuEnv() : {};
  const script = `
    import { installWebGPU } from ${JSON.stringify(new URL("./gpu-node.ts", import.meta.url).href)};
    import { requestGPU } from ${JSON.stringify(new URL("./gpu.ts", import.meta.url).href)};
    import { runCompute } from ${JSON.stringify(new URL("./gpu-compute.ts", import.meta.url).href)};
    await installWebGPU();
    const caught = (promise) => promise.then(() => "no error", (e) => [e.code ?? e.name, e.message]);
    const result = await (async () => { ${body} })();
    console.log(JSON.stringify(result));
    process.exit(0);`;
  const args = ["--input-type=module", "--eval", script];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env: { ...process.env, ...env },
  });
  return JSON.parse(stdout);
}

const AXPY = `
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<uniform> a: vec4f;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
@group(0) @binding(3) var<storage, read_write> count: array<u32>;
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < arrayLength(&x)) { y[id.x] += a.y * x[id.x]; count[id.x] = id.x; }
}`;

test("runCompute uploads, computes and reads back, twice with one pipeline", async () => {
  const result = await inGpuProcess(`
    const device = await requestGPU();
    const out = [];
    for (const n of [5, 300]) {
      const x = Float32Array.from({ length: n }, (_, i) => i);
      const y = new Float32Array(n).fill(1);
      const [sum, count] = await runCompute(device, {
        code: ${JSON.stringify(AXPY)},
        buffers: [{ read: x }, { uniform: Float32Array.of(0, 2, 0, 0) }, { write: y },
          { write: new Uint32Array(n) }],
        workgroups: [Math.ceil(n / 64)],
      });
      out.push([sum.constructor.name, count.constructor.name, y[1],
        sum.every((v, i) => v === 1 + 2 * i), count.every((v, i) => v === i), sum.length]);
    }
    return out;`);
  assert.deepEqual(result, [
    ["Float32Array", "Uint32Array", 1, true, true, 5],
    ["Float32Array", "Uint32Array", 1, true, true, 300],
  ]);
});

test("runCompute reports what is wrong, and the device stays usable", async () => {
  const result = (await inGpuProcess(`
    const device = await requestGPU();
    const write = new Float32Array(4);
    const good = "@group(0) @binding(0) var<storage, read_write> y: array<f32>;" +
      "@compute @workgroup_size(1) fn main() { y[0] = 7; }";
    const job = { code: good, buffers: [{ write }], workgroups: [1] };
    return [
      await caught(runCompute(device, { ...job, code: "fn main( {" })),
      await caught(runCompute(device, { ...job, entryPoint: "other" })),
      await caught(runCompute(device, { ...job, buffers: [{ read: write }] })),
      await caught(runCompute(device, { ...job, buffers: [{ write: new Float64Array(1) }] })),
      await caught(runCompute(device, { ...job, workgroups: [0] })),
      await caught(runCompute(device, { ...job, signal: AbortSignal.abort() })),
      await caught(requestGPU({ signal: AbortSignal.abort() })),
      (await runCompute(device, job))[0][0],
    ];`)) as [string, string][];
  const codes = ["ERR_TYPE", "ERR_UNSUPPORTED", "ERR_UNSUPPORTED", "ERR_TYPE", "ERR_DOMAIN"];
  assert.deepEqual(
    result.slice(0, 5).map(([code]) => code),
    codes,
  );
  assert.match(result[0]![1], /does not compile: 1:\d+ /);
  assert.deepEqual(
    result.slice(5, 7).map(([, message]) => message),
    ["This operation was aborted", "This operation was aborted"],
  );
  assert.equal(result[7], 7);
});

test("requestGPU says what to do where there is no WebGPU", async () => {
  const { requestGPU } = await import("./gpu.ts");
  await assert.rejects(requestGPU(), { code: "ERR_UNSUPPORTED", message: /installWebGPU/ });
});
