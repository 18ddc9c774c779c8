import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { after, before, test } from "node:test";
import { backendById } from "@daily-kernel/forge/node";
import { cli } from "../../cli.ts";

let folder = "";
before(() => {
  folder = mkdtempSync(join(tmpdir(), "daily-kernel-verify-"));
});
after(() => rmSync(folder, { recursive: true }));

/** Runs `forge verify` on a kernel; what it wrote, and its exit code. */
async function verify(name: string, source: string, ...flags: string[]) {
  const file = join(folder, name);
  writeFileSync(file, source);
  const written = { out: "", err: "" };
  const sink = (stream: "out" | "err") =>
    new Writable({
      write(chunk, _encoding, done) {
        written[stream] += chunk;
        done();
      },
    });
  const streams = { root: folder, out: sink("out"), err: sink("err") };
  const code = await cli(["forge", "verify", file, ...flags], streams);
  return { code, ...written };
}

/** Whether a back end runs here, for `skip`. */
async function without(id: string): Promise<string | false> {
  const probe = await backendById(id).probe();
  return probe.available ? false : `skipped: ${probe.reason}`;
}
const [noGpu, noCompiler] = [await without("wgsl"), await without("cpp")];

const head = `
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> dims: vec4<u32>;
@compute @workgroup_size(64)`;
const rowmean = `${head}
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= dims.x) { return; }
  var sum = 0.0;
  for (var k = 0u; k < dims.y; k++) { sum += x[id.x * dims.y + k]; }
  y[id.x] = sum / f32(dims.y);
}`;
const wgsl = ["--task", "rowmean", "--backend", "wgsl"];

test("accepted: one JSON object, exit code 0, the seed that was given", {
  skip: noGpu,
}, async () => {
  const flags = ["--grid", "row:64", "--seed", "7", "--json"];
  const { code, out } = await verify("mean.wgsl", rowmean, ...wgsl, ...flags);
  const said = JSON.parse(out);
  assert.equal(code, 0, out);
  assert.equal(said.accepted, true);
  assert.deepEqual(said.findings, []);
  assert.equal(said.seed, 7);
  assert.ok(said.worstError > 0 && said.worstError <= 1);
  assert.ok(said.effectiveBits > 10 && said.effectiveBits <= 24);
});

test("rejected: exit code 3, the rule and its evidence, null for no number", {
  skip: noGpu,
}, async () => {
  const half = rowmean.replace("sum / f32(dims.y)", "0.5 * sum / f32(dims.y)");
  const wrong = await verify("half.wgsl", half, ...wgsl, "--grid", "row:64", "--json");
  assert.equal(wrong.code, 3);
  const { accepted, findings } = JSON.parse(wrong.out);
  assert.equal(accepted, false);
  assert.match(findings[0].evidence, /expected .* got /);
  const broken = await verify("broken.wgsl", "nonsense", ...wgsl, "--json");
  assert.equal(broken.code, 3);
  assert.equal(JSON.parse(broken.out).findings[0].rule, "compile-error");
  assert.equal(JSON.parse(broken.out).worstError, null);
});

test("the grid rule is heard: by elements of the output only a part of the rows is computed", {
  skip: noGpu,
}, async () => {
  const { code, out } = await verify("mean.wgsl", rowmean, ...wgsl, "--grid", "one");
  assert.equal(code, 3);
  assert.match(out, /^rejected after \d+ verified calls \(seed \d+\)\n✗ [a-z-]+: /);
});

const relu = `extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  const float* x = (const float*)in[0];
  float* y = (float*)out[0];
#ifdef SIGN
  for (long long i = 0; i < dims[0]; i++) y[i] = x[i] > 0 ? x[i] : 0;
#endif
  return 0;
}`;

test("C++ with flags that decide, and one that is not allowed", { skip: noCompiler }, async () => {
  const cpp = ["--task", "relu", "--backend", "cpp", "--json"];
  const right = await verify("relu.cpp", relu, ...cpp, "--flags", "-O2 -DSIGN=1");
  assert.equal(right.code, 0, right.out);
  const wrong = await verify("relu.cpp", relu, ...cpp);
  assert.equal(wrong.code, 3);
  assert.equal(JSON.parse(wrong.out).findings[0].rule, "output-untouched");
  const bad = await verify("relu.cpp", relu, ...cpp, "--flags", "-fplugin=x.so");
  assert.equal(bad.code, 3);
  assert.match(JSON.parse(bad.out).findings[0].evidence, /-fplugin=x\.so.* is not allowed/);
});

test("what does not exist is the user's to correct: exit code 2, nothing on standard output", async () => {
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [
      ["--task", "softmx", "--backend", "wgsl"],
      /no task is called "softmx"; did you mean .*softmax/,
    ],
    [["--task", "relu", "--backend", "wgls"], /no back end is called "wgls"; there are .*wgsl/],
    [["--task", "relu", "--backend", "wgsl", "--grid", "rows"], /parseGrid: .*got "rows"/],
    [["--task", "relu", "--backend", "wgsl", "--seed", "-1"], /seed/],
    [["--task", "relu", "--backend", "wasm", "--device", "hardware"], /--device is for wgsl/],
    [["--task", "relu", "--backend", "wgsl", "--device", "quantum"], /software, hardware/],
    [["--backend", "wgsl"], /--task/],
  ];
  for (const [flags, words] of wrong) {
    const { code, out, err } = await verify("any.wgsl", rowmean, ...flags);
    assert.equal(code, 2, flags.join(" "));
    assert.equal(out, "");
    assert.match(err, words);
  }
  const missing = {
    root: folder,
    out: new Writable(),
    err: new Writable({ write: (_c, _e, done) => done() }),
  };
  const nothing = [
    "forge",
    "verify",
    join(folder, "none.cpp"),
    "--task",
    "relu",
    "--backend",
    "cpp",
  ];
  assert.equal(await cli(nothing, missing), 2);
});
