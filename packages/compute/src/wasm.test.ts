import assert from "node:assert/strict";
import { test } from "node:test";
import { checkModules } from "../../../scripts/testing/kernel-module.ts";
import * as kernels from "./kernels.generated.ts";
import { hasRelaxedSimd, sharedHeap, wasm, wasmModule } from "./wasm.ts";

const RELAXED = 256; // relaxed opcodes follow the prefix 0xfd and are at least this

test("both modules are valid, import only the memory and carry no data", () => {
  checkModules(kernels);
});

test("the relaxed module is chosen where it compiles, and only it is relaxed", () => {
  assert.equal(hasRelaxedSimd(), Number(process.versions.node.split(".")[0]) >= 22);
  const usesRelaxed = (text: string) => {
    const bytes = Buffer.from(text, "base64");
    return bytes.some((byte, i) => byte === 0xfd && leb(bytes, i + 1) === RELAXED + 7);
  };
  assert.ok(usesRelaxed(kernels.relaxed));
  assert.ok(!usesRelaxed(kernels.simd));
});

test("modules and instances are made once", () => {
  assert.equal(wasmModule(kernels), wasmModule(kernels));
  assert.equal(wasm(kernels), wasm(kernels));
  assert.equal(wasm(kernels).heap, sharedHeap());
});

/** An unsigned LEB128 number of at most two bytes. */
function leb(bytes: Uint8Array, at: number): number {
  const low = bytes[at]!;
  return low < 128 ? low : low - 128 + 128 * bytes[at + 1]!;
}
