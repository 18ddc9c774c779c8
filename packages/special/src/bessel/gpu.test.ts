import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { softwareGpuEnv } from "@daily-kernel/compute/node";

/** A real adapter (SwiftShader on Linux x64) wants its environment when a process starts. */
async function inGpuProcess(body: string): Promise<Record<string, unknown>> {
  const env = process.platform === "linux" ? await softwareGpuEnv() : {};
  const script = `
    import { installWebGPU } from "@daily-kernel/compute/node";
    import { requestGPU, Rng } from "@daily-kernel/compute";
    import * as special from ${JSON.stringify(new URL("./index.ts", import.meta.url).href)};
    await installWebGPU();
    const device = await requestGPU();
    const caught = (promise) => promise.then(() => "no error", (e) => [e.code ?? e.name, e.message]);
    const result = await (async () => { ${body} })();
    console.log(JSON.stringify(result));
    process.exit(0);`;
  const args = ["--input-type=module", "--eval", script];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env: { ...process.env, ...env },
    cwd: new URL(".", import.meta.url),
  });
  return JSON.parse(stdout);
}

test("the GPU gives the CPU's numbers, in f32 and in double-float, over the whole domain", async () => {
  const result = await inGpuProcess(`
    const { logBesselI, logBesselK, logBesselIGpu, logBesselKGpu } = special;
    const rng = new Rng(11);
    const n = 6000;
    const v = new Float64Array(n);
    const x = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const [a, b] = [rng.uniform(), rng.uniform()];
      v[i] = i % 3 === 0 ? 17 * a : 10 ** (16 * a - 10);
      x[i] = i % 3 === 0 ? 27 * b : i % 3 === 1 ? 10 ** (38 * b - 20) :
        v[i] * 0.6627434193491816 * (1 + 10 ** (-15 * b) * (i % 2 - 0.5));
    }
    v.set([0, 0, 3, 1e20, 0.5, 2]);
    x.set([0, 1e-30, 0, 5, 1e-30, 1e30]);
    const worst = {};
    for (const precision of ["f32", "double-float"]) {
      const round = precision === "f32" ? Math.fround : (a) => a;
      const [p, q] = [v.map(round), x.map(round)];
      for (const [name, gpu, cpu] of [["I", logBesselIGpu, logBesselI], ["K", logBesselKGpu, logBesselK]]) {
        const y = await gpu(device, v, x, { precision });
        const z = cpu(p, q);
        let most = 0;
        for (let i = 0; i < n; i++) {
          const error = y[i] === z[i] ? 0 : Math.abs(y[i] - z[i]) / Math.max(1, Math.abs(z[i]));
          if (!(error <= most)) most = Number.isNaN(error) ? Infinity : error;
        }
        worst[precision + name + y.constructor.name] = most;
      }
    }
    return worst;`);
  assert.deepEqual(Object.keys(result), [
    "f32IFloat32Array",
    "f32KFloat32Array",
    "double-floatIFloat64Array",
    "double-floatKFloat64Array",
  ]);
  for (const [key, error] of Object.entries(result)) {
    const bound = key.startsWith("f32") ? 2e-6 : 2e-13;
    assert.ok(typeof error === "number" && error <= bound, `${key}: ${error}`);
  }
});

test("the GPU functions check their arguments, report progress and can be cancelled", async () => {
  const result = await inGpuProcess(`
    const { logBesselIGpu } = special;
    const progress = [];
    await logBesselIGpu(device, 2, Float64Array.of(1, 2, 3), {
      precision: "f32", onProgress: (done, total) => progress.push([done, total]) });
    return {
      progress,
      empty: (await logBesselIGpu(device, 2, new Float64Array(0), { precision: "f32" })).length,
      domain: await caught(logBesselIGpu(device, 2, Float64Array.of(1, -2), { precision: "f32" })),
      precision: await caught(logBesselIGpu(device, 2, 3, { precision: "f64" })),
      abort: await caught(logBesselIGpu(device, 2, 3, {
        precision: "f32", signal: AbortSignal.abort() })),
    };`);
  assert.deepEqual(result.progress, [[3, 3]]);
  assert.equal(result.empty, 0);
  assert.deepEqual(result.domain, [
    "ERR_DOMAIN",
    "logBesselIGpu: x must be >= 0, got -2 at index 1",
  ]);
  assert.equal((result.precision as string[])[0], "ERR_TYPE");
  assert.match((result.abort as string[])[1] ?? "", /abort/i);
});
