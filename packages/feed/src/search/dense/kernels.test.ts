import assert from "node:assert/strict";
import { test } from "node:test";
import * as kernels from "../../kernels.generated.ts";

const DATA_SECTION = 11;

/** The kinds of a module's sections (WebAssembly core specification, 5.5.2). */
function sections(bytes: Uint8Array): number[] {
  const kinds: number[] = [];
  for (let at = 8; at < bytes.length; ) {
    kinds.push(bytes[at++]!);
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      size |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    at += size;
  }
  return kinds;
}

test("the kernels hold no static data: every thread has them over one memory", () => {
  for (const base64 of [kernels.relaxed, kernels.simd]) {
    const kinds = sections(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
    assert.ok(kinds.length > 3);
    assert.ok(!kinds.includes(DATA_SECTION));
  }
});
