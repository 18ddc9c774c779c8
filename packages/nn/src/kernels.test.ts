import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng, wasm } from "@daily-kernel/compute";
import { correlation } from "./depthwise-plan.ts";
import { depthwiseShape } from "./depthwise-shape.ts";
import * as kernels from "./kernels.generated.ts";
import { forwardReference } from "./reference/depthwise-conv2d.ts";
import { tensor } from "./tensor.ts";

/** The section ids of a module, in order. */
function sections(bytes: Uint8Array): number[] {
  const ids: number[] = [];
  for (let at = 8; at < bytes.length; ) {
    ids.push(bytes[at++]!);
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      size += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    at += size;
  }
  return ids;
}

test("kernels carry no data, start nothing and import the memory alone", () => {
  for (const text of [kernels.relaxed, kernels.simd]) {
    const bytes = new Uint8Array(Buffer.from(text, "base64"));
    const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes));
    assert.deepEqual(
      imports.map(({ name }) => name),
      ["memory"],
    );
    const ids = sections(bytes);
    assert.ok(ids.includes(10), "code");
    assert.ok(!ids.includes(11), "a data section would overwrite the shared memory");
    assert.ok(!ids.includes(8), "a start function would run once a thread");
  }
});

test("the build without relaxed SIMD computes the same convolution", () => {
  const { exports, heap } = wasm({ relaxed: kernels.simd, simd: kernels.simd });
  const rng = new Rng(2);
  for (const [side, K] of [
    [9, 3],
    [33, 7],
    [56, 5],
  ] as const) {
    const x = tensor([2, 2, side, side]);
    const w = tensor([2, 1, K, K]);
    for (const { data } of [x, w]) rng.fillNormal(data);
    const s = depthwiseShape("test", x, w, {});
    const { sizes, scratch } = correlation(s, false);
    const y = heap.scope((arena) => {
      const n = x.data.length;
      const output = arena.f32(n + 4);
      const after = heap.f32(output + 4 * n, 4).fill(7);
      const addresses = [arena.f32(x.data), arena.f32(w.data), output, arena.alloc(scratch)];
      assert.equal(exports.depthwiseInput!(...addresses, 0, 4, ...sizes), 1, "finite");
      assert.deepEqual([...after], [7, 7, 7, 7], "what follows the output is left alone");
      return heap.f32(output, n).slice();
    });
    for (const [i, expected] of forwardReference(x.data, w.data, s).entries()) {
      assert.ok(Math.abs(y[i]! - expected) < 1e-4, `${side}, ${K}, index ${i}`);
    }
  }
});
