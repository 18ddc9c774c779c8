import assert from "node:assert/strict";
import { test } from "node:test";
import type { CallRequest, Limits, Session } from "../../session/backend.ts";
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
  return 0;
}`;
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
    assert.deepEqual(await seen(12, { timed: 3 }), { ...well, sameOutputs: false, times: 3 });
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
