import assert from "node:assert/strict";
import { test } from "node:test";
import type { Backend, CallRequest, Limits, Session } from "../../session/backend.ts";
import { CandidateCompileError, SessionEnded } from "../../session/errors.ts";
import type { KernelTensor } from "../../task/tensor.ts";
import { wasmBackend } from "./node.ts";

const backend = wasmBackend();
const limits: Limits = {
  callTimeout: 10_000,
  compileTimeout: 20_000,
  memory: 1 << 27,
  processes: 1,
};

const vector = (data: number[]): KernelTensor => ({
  dtype: "float32",
  shape: [data.length],
  data: Float32Array.from(data),
});

const request = (n: number, over: Partial<CallRequest> = {}): CallRequest => ({
  inputs: [vector(Array.from({ length: n }, (_, i) => (i % 7) - 3))],
  dims: [n],
  outputs: [{ dtype: "float32", shape: [n] }],
  poison: [vector(Array(n).fill(0.125))],
  slot: 0,
  ...over,
});

/** A kernel with several manners, which the first input chooses: tests share one compilation. */
const source = `
let calls: i32 = 0;
export function forge_kernel(inputs: usize, outputs: usize, dims: usize): i32 {
  const x = <usize>load<u32>(inputs);
  const y = <usize>load<u32>(outputs);
  const n = <usize>load<i64>(dims);
  const manner = load<f32>(x);
  for (let i: usize = 0; i < n; i++) store<f32>(y + 4 * i, max<f32>(load<f32>(x + 4 * i), 0));
  if (manner == 10) store<f32>(y + 4 * n + 64, 1);
  if (manner == 11) store<f32>(x, 0);
  calls += 1;
  if (manner == 12) store<f32>(y, <f32>calls);
  if (manner == 13) return 7;
  if (manner == 14) unreachable();
  if (manner == 15) while (load<f32>(x) == 15) store<f32>(y, load<f32>(y) + 1);
  if (manner == 16) store<u32>(outputs, 0);
  if (manner == 17) store<f32>(y, load<f32>(8_000_000));
  if (manner >= 17) store<f32>(8_000_000, 5);
  // All that there is, and a little of each piece is used.
  if (manner == 18) while (memory.grow(16) >= 0) store<u8>((<usize>memory.size() << 16) - 1, 1);
  if (manner == 18) store<f32>(y, <f32>memory.size()); // 2048 pages are the limit
  if (manner == 19) return deep(n);
  if (manner == 20) call_indirect<i32>(<u32>n + 1000);
  if (manner == 21) for (let at = <usize>memory.size() << 16; ; at -= 4) store<u32>(at - 4, 7);
  return 0;
}
function deep(n: usize): i32 { return n == 0 ? 0 : 1 + deep(n + 1) * 2; }`;
const artifact = await backend.compile({ source }, { limits });
const open = (over: Partial<Limits> = {}): Promise<Session> =>
  backend.open(artifact, { limits: { ...limits, ...over } });
const manner = (kind: number, over: Partial<CallRequest> = {}) =>
  request(4, { inputs: [vector([kind, -1, 2, -3])], ...over });

test("a kernel computes, and misdeeds show where they belong", async () => {
  const session = await open();
  try {
    for (const n of [1, 64, 1000]) {
      const { outputs } = await session.call(request(n));
      assert.deepEqual(
        outputs[0]!.data,
        request(n).inputs[0]!.data.map((v) => Math.max(v, 0)),
      );
    }
    const seen = async (kind: number, over: Partial<CallRequest> = {}) => {
      const result = await session.call(manner(kind, over));
      const { guardsIntact, inputsIntact, sameOutputs, status, ns } = result;
      return { guardsIntact, inputsIntact, sameOutputs, status, times: ns.length };
    };
    const well = {
      guardsIntact: true,
      inputsIntact: true,
      sameOutputs: true,
      status: 0,
      times: 1,
    };
    assert.deepEqual(await seen(9), well);
    assert.deepEqual(await seen(10), { ...well, guardsIntact: false });
    assert.deepEqual(await seen(11), { ...well, inputsIntact: false });
    // What it counts is gone when the next copy begins.
    assert.deepEqual(await seen(12, { timed: 3 }), { ...well, times: 3 });
    assert.deepEqual(await seen(13), { ...well, status: 7 });
    assert.deepEqual(await seen(16), { ...well, guardsIntact: false });
    assert.deepEqual(await seen(9, { timed: 2, cold: true }), { ...well, times: 2 });
  } finally {
    await session.close();
  }
});

test("a trap and an endless loop end the session", async () => {
  const trapping = await open();
  await assert.rejects(trapping.call(manner(14)), /unreachable/);
  const endless = await open({ callTimeout: 300 });
  await assert.rejects(endless.call(manner(15)), (error: SessionEnded) => {
    assert.ok(error instanceof SessionEnded);
    assert.equal(error.ending.kind, "timeout");
    return true;
  });
});

test("nothing is left of an earlier call, wherever it was put", async () => {
  const session = await open();
  for (const [kind, first] of [
    [17, 0],
    [17, 0],
    [18, 2033],
    [17, 0],
  ] as const) {
    const { outputs, guardsIntact } = await session.call(manner(kind, { timed: 2 }));
    assert.equal(outputs[0]!.data[0], first);
    assert.equal(guardsIntact, true);
  }
  await session.close();
});

test("whatever a kernel does to itself, there is an answer", async () => {
  for (const [kind, words] of [
    [19, /Maximum call stack/],
    [20, /unreachable|table|signature|null/],
    [21, /out of bounds/],
  ] as const) {
    const session = await open();
    await assert.rejects(session.call(manner(kind)), (error: Error) => {
      assert.ok(error instanceof SessionEnded, String(error));
      assert.equal(error.ending.kind, "signal");
      assert.match(error.ending.detail, words);
      return true;
    });
  }
});

const c = wasmBackend({ language: "c" });
const probe = await c.probe();
const noClang = probe.available ? false : `skipped: ${probe.reason}`;

test("C and C++ by clang: vectors, memory that grows, constructors; no library, no host", {
  skip: noClang,
}, async () => {
  const source = `
#include <stdint.h>
#include <wasm_simd128.h>
int forge_kernel(const void *const *in, void *const *out, const long long *dims) {
  const float *x = in[0];
  float *y = out[0];
  wasm_v128_store(y, wasm_f32x4_mul(wasm_v128_load(x), wasm_f32x4_splat(FACTOR)));
  return (int32_t)dims[0] - 4;
}`;
  const run = async (backend: Backend, text: string, flags: string[] = []) => {
    const made = await backend.compile({ source: text, flags }, { limits });
    const session = await backend.open(made, { limits });
    const result = await session.call(manner(9));
    await session.close();
    assert.equal(result.status, 0);
    return [...result.outputs[0]!.data];
  };
  assert.deepEqual(await run(c, source, ["-DFACTOR=2.0f"]), [18, -2, 4, -6]);
  const cpp = `
struct Table { float at[4]; Table() { for (int i = 0; i < 4; i++) at[i] = i; } };
static Table table;
extern "C" int forge_kernel(const void* const* in, void* const* out, const long long* dims) {
  for (int i = 0; i < 4; i++) ((float*)out[0])[i] = table.at[i];
  table.at[0] = 99;
  return 0;
}`;
  assert.deepEqual(await run(wasmBackend({ language: "cpp" }), cpp), [0, 1, 2, 3]);
  const refused: [string, string[], RegExp][] = [
    ["int other(void) { return 0; }", [], /forge_kernel/],
    ["float expf(float); int forge_kernel(float x) { return expf(x); }", [], /expf/],
    ["int forge_kernel(void) { return 0; }", [], /\(\) -> i32, the ABI asks/],
    ["#include <stdio.h>\nint forge_kernel(void) { return 0; }", [], /stdio\.h.*not found/],
    [source, ["-fplugin=x.so"], /is not allowed/],
    [source, ["-Wl,--import-undefined"], /is not allowed/],
  ];
  for (const [text, flags, words] of refused) {
    await assert.rejects(c.compile({ source: text, flags }, { limits }), (error) => {
      assert.ok(error instanceof CandidateCompileError, String(error));
      assert.match(error.message + error.log, words);
      return true;
    });
  }
});

test("a call beyond the memory is refused", async () => {
  const session = await open({ memory: 1 << 25 });
  await assert.rejects(session.call(request(3_000_000)), /beyond the limit/);
});

test("what does not compile, imports more or brings strange flags is refused", async () => {
  const refused: [string, string[], RegExp][] = [
    ["export function forge_kernel(): i32 { return nothing; }", [], /Cannot find name 'nothing'/],
    ["export function other(): i32 { return 0; }", [], /no function forge_kernel/],
    [
      '@external("env", "now") declare function now(): f64; export function forge_kernel(): i32 { return <i32>now(); }',
      [],
      /imports env\.now/,
    ],
    [source, ["--transform=./x.js"], /the flag --transform/],
  ];
  for (const [text, flags, words] of refused) {
    await assert.rejects(backend.compile({ source: text, flags }, { limits }), (error) => {
      assert.ok(error instanceof CandidateCompileError, String(error));
      assert.match(error.message + error.log, words);
      return true;
    });
  }
});

test("relaxed SIMD is a flag away", async () => {
  const simd = `export function forge_kernel(inputs: usize, outputs: usize, dims: usize): i32 {
    const x = <usize>load<u32>(inputs), y = <usize>load<u32>(outputs);
    v128.store(y, f32x4.relaxed_madd(v128.load(x), v128.load(x), f32x4.splat(1)));
    return 0;
  }`;
  const options = { limits };
  await assert.rejects(backend.compile({ source: simd }, options), CandidateCompileError);
  const flags = ["--enable=simd,relaxed-simd"];
  const session = await backend.open(
    await backend.compile({ source: simd, flags }, options),
    options,
  );
  const { outputs } = await session.call(manner(9));
  assert.deepEqual([...outputs[0]!.data], [82, 2, 5, 10]);
  await session.close();
});
