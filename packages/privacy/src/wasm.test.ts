import assert from "node:assert/strict";
import { test } from "node:test";
import * as kernels from "./kernels.generated.ts";

/** The ids of a module's sections. */
function sections(bytes: Uint8Array): number[] {
  const ids: number[] = [];
  for (let at = 8; at < bytes.length; ) {
    ids.push(bytes[at++]!);
    let [size, shift] = [0, 0];
    for (; bytes[at]! >= 128; shift += 7) size += (bytes[at++]! & 127) * 2 ** shift;
    size += bytes[at++]! * 2 ** shift;
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
