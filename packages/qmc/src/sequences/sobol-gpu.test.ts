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
    import { requestGPU } from "@daily-kernel/compute";
    import { Sobol } from ${JSON.stringify(new URL("./sobol.ts", import.meta.url).href)};
    import { sobolGpu } from ${JSON.stringify(new URL("./sobol-gpu.ts", import.meta.url).href)};
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

test("the GPU's points are the CPU's, bit for bit", async () => {
  const result = await inGpuProcess(`
    const differing = {};
    for (const [name, options, ranges] of [
      ["plain", { dimension: 3, randomize: "none" }, [[0, 1], [0, 4096]]],
      ["scrambled", { dimension: 7, replications: 2, seed: 5 }, [[0, 2048], [2 ** 20, 2 ** 20 + 64]]],
      ["interlaced", { dimension: 3, alpha: 2, randomize: "LMS" }, [[1024, 2048]]],
      ["gray", { dimension: 2, order: "gray", columns: 53 },
        [[5, 1000], [2 ** 32 - 100, 2 ** 32 + 100], [2 ** 53 - 70, 2 ** 53 - 3], [9, 9]]],
      ["wide", { dimension: 21201, randomize: "DS" }, [[0, 8]]],
    ]) {
      const sobol = new Sobol(options);
      let count = 0;
      for (const [nMin, nMax] of ranges) {
        const there = await sobolGpu(sobol, { device, nMin, nMax });
        const here = sobol.points({ nMin, nMax });
        if (there.data.length !== here.data.length) count += 1e9;
        here.data.forEach((x, i) => { if (there.data[i] !== x) count++; });
      }
      differing[name] = count;
    }
    return {
      differing,
      scramble: await caught(sobolGpu(new Sobol({ randomize: "NUS" }), { device, nMax: 4 })),
      range: await caught(sobolGpu(new Sobol(), { device, nMax: 3 })),
      device: await caught(sobolGpu(new Sobol(), { nMax: 4 })),
      abort: await caught(sobolGpu(new Sobol(), { device, nMax: 4, signal: AbortSignal.abort() })),
    };`);
  assert.deepEqual(result.differing, { plain: 0, scrambled: 0, interlaced: 0, gray: 0, wide: 0 });
  assert.equal((result.scramble as string[])[0], "ERR_UNSUPPORTED");
  assert.equal((result.range as string[])[0], "ERR_DOMAIN");
  assert.equal((result.device as string[])[0], "ERR_TYPE");
  assert.match((result.abort as string[])[1] ?? "", /abort/i);
});
