import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { Rng } from "@daily-kernel/compute";
import { softwareGpuEnv } from "@daily-kernel/compute/node";
import { fwht } from "./fwht.ts";
import { passesOf } from "./fwht-wgsl.ts";
import { fwht32 } from "./fwht32.ts";

/** A software adapter wants its environment when a process starts. */
async function inGpuProcess(body: string): Promise<unknown> {
  const env = process.platform === "linux" ? await softwareGpuEnv() : {};
  const script = `
    import { installWebGPU } from "@daily-kernel/compute/node";
    import { requestGPU, Rng } from "@daily-kernel/compute";
    import { fwht32 } from ${JSON.stringify(new URL("./fwht32.ts", import.meta.url).href)};
    import { fwht32Gpu } from ${JSON.stringify(new URL("./fwht-gpu.ts", import.meta.url).href)};
    await installWebGPU();
    const device = await requestGPU();
    const caught = (promise) => promise.then(() => "no error", (e) => [e.code ?? e.name, e.message]);
    console.log(JSON.stringify(await (async () => { ${body} })()));
    process.exit(0);`;
  const args = ["--input-type=module", "--eval", script];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env: { ...process.env, ...env },
    cwd: new URL(".", import.meta.url),
  });
  return JSON.parse(stdout);
}

test("the GPU gives the CPU's bits, in floats and in integers, at every size", async () => {
  const result = await inGpuProcess(`
    const different = [];
    for (const [m, rows] of [[0, 3], [1, 2], [5, 7], [11, 2], [12, 3], [13, 2], [16, 1]]) {
      const n = 2 ** m;
      const floats = new Rng(m).fillNormal(new Float32Array(n * rows));
      const integers = Int32Array.from(new Rng(m).fillUint32(new Uint32Array(n * rows)));
      for (const y of [floats, integers]) {
        const cpu = new Uint32Array(fwht32(y, { n }).buffer);
        const gpu = new Uint32Array((await fwht32Gpu(device, y, { n })).buffer);
        if (cpu.length !== gpu.length || cpu.some((v, i) => v !== gpu[i])) different.push([m, rows]);
      }
    }
    return different;`);
  assert.deepEqual(result, []);
});

test("on the GPU bad input is refused by name, and an abort is heard", async () => {
  const result = (await inGpuProcess(`return [
    await caught(fwht32Gpu(device, new Float64Array(4))),
    await caught(fwht32Gpu(device, new Float32Array(6))),
    await caught(fwht32Gpu({}, new Float32Array(4))),
    await caught(fwht32Gpu(device, new Float32Array(4), { signal: AbortSignal.abort(new Error("enough")) })),
  ];`)) as [string, string][];
  assert.deepEqual(
    result.map(([code]) => code),
    ["ERR_TYPE", "ERR_DOMAIN", "ERR_TYPE", "Error"],
  );
  assert.match(result[1]![1], /fwht32Gpu: n must be a power of two.*got 6/);
});

test("in single precision it is fwht to rounding; in integers exact and twice n times the input", () => {
  for (let m = 0; m <= 14; m++) {
    const n = 2 ** m;
    const y = new Rng(m).fillNormal(new Float32Array(n));
    const exact = fwht(Float64Array.from(y));
    for (const [i, v] of fwht32(y).entries())
      assert.ok(Math.abs(v - exact[i]!) < 2e-6 * Math.max(1, m));
    const integers = Int32Array.from(y, (v) => 1000 * v);
    const twice = fwht32(fwht32(integers));
    assert.deepEqual(
      twice,
      integers.map((v) => v * n),
    );
  }
  assert.deepEqual(fwht32(Int32Array.of(1, 2, 3, 5)), Int32Array.of(11, -3, -5, 1));
  assert.deepEqual(fwht32(Int32Array.of(2 ** 31 - 1, 1)), Int32Array.of(-(2 ** 31), 2 ** 31 - 2));
  assert.throws(() => fwht32(new Float64Array(4) as never), { code: "ERR_TYPE" });
  assert.throws(() => fwht32(new Float32Array(12), { n: 8 }), { code: "ERR_SHAPE" });
});

test("passes have every stride once, from the largest to the smallest", () => {
  for (let m = 0; m <= 24; m++) {
    const strides = passesOf(m).flatMap(({ stages, strideLog }) =>
      Array.from({ length: stages }, (_, i) => strideLog + stages - 1 - i),
    );
    assert.deepEqual(
      strides,
      Array.from({ length: m }, (_, i) => m - 1 - i),
    );
  }
});
