import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { CallRequest, Limits, Session } from "../../session/backend.ts";
import { CandidateCompileError, SessionEnded } from "../../session/errors.ts";
import type { KernelTensor } from "../../task/tensor.ts";
import { parseGrid } from "./grid.ts";
import { wgslBackend } from "./node.ts";

const backend = wgslBackend();
const probe = await backend.probe();
const skip = probe.available ? false : probe.reason;
const limits: Limits = {
  callTimeout: 10_000,
  compileTimeout: 10_000,
  memory: 1 << 28,
  processes: 1,
};

const vector = (data: number[]): KernelTensor => ({
  dtype: "float32",
  shape: [data.length],
  data: Float32Array.from(data),
});

/** A call on n numbers -3, -2, ... 3, -3, ... that gives n numbers. */
const request = (n: number, over: Partial<CallRequest> = {}): CallRequest => ({
  inputs: [vector(Array.from({ length: n }, (_, i) => (i % 7) - 3))],
  dims: [n],
  outputs: [{ dtype: "float32", shape: [n] }],
  poison: [vector(Array(n).fill(0.125))],
  slot: 0,
  ...over,
});

/** A kernel on one vector with `body`; `i` numbers the invocations. */
const kernel = (body: string, input = "read") => `
@group(0) @binding(0) var<storage, ${input}> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> dims: vec4<u32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(workgroup_id) group: vec3<u32>) {
  let i = id.x;
  ${body}
}`;
const relu = kernel("if (i < dims.x) { y[i] = max(x[i], 0.0); }");

const opened: Session[] = [];
after(async () => {
  await Promise.all(opened.map((session) => session.close()));
});

async function open(source: string, over: Partial<Limits> = {}): Promise<Session> {
  const all = { ...limits, ...over };
  const candidate = { source, grid: parseGrid("element:64") };
  const artifact = await backend.compile(candidate, { limits: all });
  const session = await backend.open(artifact, { limits: all });
  opened.push(session);
  return session;
}

test("a kernel computes, and leaves its inputs and guards alone", { skip }, async () => {
  const session = await open(relu);
  for (const n of [1, 64, 1000]) {
    const result = await session.call(request(n));
    const expected = request(n).inputs[0]!.data.map((v) => Math.max(v, 0));
    assert.deepEqual(result.outputs[0]!.data, expected);
    const { sameOutputs, inputsIntact, guardsIntact, status, ns } = result;
    assert.deepEqual(
      { sameOutputs, inputsIntact, guardsIntact, status, times: ns.length },
      { sameOutputs: true, inputsIntact: true, guardsIntact: true, status: 0, times: 1 },
    );
  }
  assert.equal((await session.close()).kind, "closed");
  await assert.rejects(session.call(request(1)), SessionEnded);
});

test("an artifact opens again and again, each time in a process of its own", { skip }, async () => {
  const artifact = await backend.compile({ source: relu }, { limits });
  for (let i = 0; i < 2; i++) {
    const session = await backend.open(artifact, { limits });
    assert.equal((await session.call(request(9))).outputs[0]!.data[6], 3);
    await session.close();
  }
});

test("timed copies each start from the poison and give a time each", { skip }, async () => {
  const session = await open(kernel("if (i < dims.x) { y[i] = y[i] + x[i]; }"));
  const result = await session.call(request(100, { timed: 20 }));
  assert.equal(result.ns.length, 20);
  assert.ok(result.ns.every((ns) => ns > 0));
  assert.equal(result.outputs[0]!.data[0], 0.125 - 3);
  assert.equal(result.sameOutputs, true);
});

test("what is not written still holds the poison", { skip }, async () => {
  const session = await open(kernel("if (i < dims.x / 2u) { y[i] = 1.0; }"));
  const [y] = (await session.call(request(100))).outputs;
  assert.deepEqual([...y!.data.subarray(48, 52)], [1, 1, 0.125, 0.125]);
});

test("writing beyond the end breaks a guard", { skip }, async () => {
  const session = await open(kernel("y[i] = max(x[i], 0.0);"));
  assert.equal((await session.call(request(100))).guardsIntact, false);
  assert.equal((await session.call(request(128))).guardsIntact, true);
});

test("a kernel that asks for the length of an array gets the right one", { skip }, async () => {
  const session = await open(kernel("if (i < arrayLength(&y)) { y[i] = f32(arrayLength(&x)); }"));
  const result = await session.call(request(100));
  assert.equal(result.guardsIntact, true);
  assert.deepEqual(new Set(result.outputs[0]!.data), new Set([100]));
});

test("a result that depends on the order of the workgroups shows", { skip }, async () => {
  const last = await open(kernel("if (i < dims.x) { y[0] = f32(group.x); }"));
  const first = (await last.call(request(1000))).outputs[0]!.data[0]!;
  const second = await last.call(request(1000));
  assert.notEqual(second.sameOutputs && second.outputs[0]!.data[0] === first, true);
});

test("a shader's faults come with its messages", { skip }, async () => {
  const refused: [string, RegExp][] = [
    [kernel("let z = nothing;"), /unresolved value 'nothing'/],
    [kernel("x[i] = 0.0;", "read_write"), /ReadOnlyStorage/],
    [relu.replace("(64)", "(65536)"), /65536/],
    [relu.replace("fn main", "fn other"), /main/],
  ];
  for (const [source, words] of refused) {
    await assert.rejects(open(source), (error: CandidateCompileError) => {
      assert.ok(error instanceof CandidateCompileError, String(error));
      assert.match(error.log, words);
      return true;
    });
  }
});

test("a kernel that never ends is ended", { skip }, async () => {
  const endless = kernel("var n = 0u; while (x[n % 4u] < 9.0) { n++; y[n % 4u] = f32(n); }");
  const session = await open(endless, { callTimeout: 300 });
  await assert.rejects(session.call(request(64)), (error: SessionEnded) => {
    assert.equal(error.ending.kind, "timeout");
    return true;
  });
});

test("a caller who loses patience gets the reason, and the process ends", { skip }, async () => {
  const endless = kernel("var n = 0u; while (x[n % 4u] < 9.0) { n++; y[n % 4u] = f32(n); }");
  const session = await open(endless);
  const stop = new AbortController();
  const call = session.call(request(64), { signal: stop.signal });
  stop.abort(new Error("enough"));
  await assert.rejects(call, { message: "enough" });
  assert.equal((await session.close()).kind, "closed");
});

test("a call that does not fit the shader or the memory ends the session", { skip }, async () => {
  const fixed = await open(relu.replace("x: array<f32>", "x: array<f32, 50000>"));
  await assert.rejects(fixed.call(request(10)), /at least 200000 bytes/);
  const tight = await open(relu, { memory: 1000 });
  await assert.rejects(tight.call(request(1000)), /the limit is 1000/);
});
