import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
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

test("transforms and waves pass their tests on plain SIMD, as a runtime without relaxed SIMD runs them", () => {
  const files = ["transforms/transforms.test.ts", "feature-maps/turns.test.ts"].map((name) =>
    fileURLToPath(new URL(name, import.meta.url)),
  );
  const { NODE_TEST_CONTEXT: _context, ...env } = process.env;
  // What tells a runtime with relaxed SIMD answers no before anything is loaded.
  const plain = "data:text/javascript,WebAssembly.validate=()=>false";
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", plain, "--test", "--test-reporter=tap", ...files],
    { encoding: "utf8", env },
  );
  assert.equal(status, 0, stdout + stderr);
  assert.ok(Number(/^# pass (\d+)$/m.exec(stdout)?.[1]) >= 12, stdout);
});
