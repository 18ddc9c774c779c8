import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng, ThreadPool, wasm } from "@daily-kernel/compute";
import * as kernels from "../kernels.generated.ts";
import { fillHere, isOrdinary } from "./elementwise.ts";
import { logBesselI, logBesselIe, logBesselK, logBesselKe } from "./index.ts";
import { logI, logIe, logK, logKe } from "./scalar.ts";

const pairs = [
  ["log I", logBesselI, logI],
  ["log K", logBesselK, logK],
  ["log Ie", logBesselIe, logIe],
  ["log Ke", logBesselKe, logKe],
] as const;

/** Log-uniform orders and arguments, a box of small ones, and the corners of what is ordinary. */
function inputs(n: number): { v: Float64Array; x: Float64Array } {
  const rng = new Rng(7);
  const corners = [0, 1e-10, 0.5, 1, 15.5, 16, 1e6, 1e15, 1e150];
  const ends = [1e-300, 1e-160, 1e-6, 1, 1.0000000001, 25, 1e12, 1e150];
  const v = new Float64Array(n);
  const x = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const [a, b] = [rng.uniform(), rng.uniform()];
    const kind = i % 4;
    v[i] = kind === 0 ? 17 * a : kind === 1 ? corners[i % corners.length]! : 10 ** (16 * a - 10);
    x[i] = kind === 0 ? 27 * b : kind === 2 ? ends[i % ends.length]! : 10 ** (20 * b - 8);
  }
  return { v, x };
}

const agree = (a: number, b: number) =>
  a === b || Math.abs(a - b) <= 3e-15 * Math.max(1, Math.abs(b));

test("the kernel and the scalar code agree to rounding, whatever the mixture of regions", () => {
  const { v, x } = inputs(20_000);
  for (const [name, array, scalar] of pairs) {
    const y = array(v, x);
    for (let i = 0; i < y.length; i++) {
      const want = scalar(v[i]!, x[i]!);
      assert.ok(agree(y[i]!, want), `${name}(${v[i]}, ${x[i]}) = ${y[i]}, not ${want}`);
    }
  }
});

test("runtimes without relaxed SIMD get the same numbers to rounding", () => {
  const { v, x } = inputs(4096);
  const plain = { relaxed: kernels.simd, simd: kernels.simd };
  const here = new Float64Array(v.length);
  const nothing = () => ({ indices: [], values: new Float64Array(0) });
  for (const kind of [0, 1, 2, 3] as const) {
    const there = new Float64Array(v.length);
    fillHere(kind, v, x, here, nothing);
    fillHere(kind, v, x, there, nothing, plain);
    for (let i = 0; i < v.length; i++) {
      if (isOrdinary(v[i]!, x[i]!)) {
        assert.ok(agree(here[i]!, there[i]!), `${kind}: ${v[i]}, ${x[i]}: ${here[i]} ${there[i]}`);
      }
    }
  }
});

test("the result may take the place of an input", () => {
  const v = Float64Array.of(0, 2, 3, Infinity, 1e160);
  const x = Float64Array.of(0, 5, 0, 7, 1e160);
  const want = logBesselK(v, x);
  assert.deepEqual(logBesselK(v, x.slice()), want);
  assert.deepEqual(logBesselK(v, x, x), want);
});

test("a pool gives the same numbers bit for bit, reports progress and can be cancelled", async () => {
  const { v, x } = inputs(70_000);
  await using pool = await ThreadPool.create({ threads: 2 });
  const seen: number[] = [];
  const out = new Float64Array(v.length);
  const y = await logBesselI(v, x, { pool, out, onProgress: (done) => void seen.push(done) });
  assert.equal(y, out);
  assert.deepEqual(y, logBesselI(v, x));
  assert.equal(seen.at(-1), 5);
  const untouched = new Float64Array(v.length);
  const abort = AbortSignal.abort(new Error("enough"));
  await assert.rejects(logBesselK(v, x, { pool, out: untouched, signal: abort }), /enough/);
  assert.ok(untouched.every((value) => value === 0));
  await assert.rejects(async () => logBesselK(v, Float64Array.of(1), { pool }), {
    code: "ERR_SHAPE",
  });
});

test("the kernels carry no data and call nothing outside", () => {
  for (const base64 of [kernels.relaxed, kernels.simd]) {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const module = new WebAssembly.Module(bytes);
    assert.deepEqual(
      WebAssembly.Module.imports(module).map(({ name }) => name),
      ["memory"],
    );
    const sections: number[] = [];
    for (let at = 8; at < bytes.length; ) {
      sections.push(bytes[at++]!);
      let size = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[at++]!;
        size |= (byte & 127) << shift;
        if (byte < 128) break;
      }
      at += size;
    }
    assert.ok(!sections.includes(11), "a data section");
  }
  const before = wasm(kernels).heap.used;
  logBesselI(new Float64Array(1000).fill(3), 2);
  assert.equal(wasm(kernels).heap.used, before);
});
