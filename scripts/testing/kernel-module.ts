/** What the tests of every package with WebAssembly kernels ask of them. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

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

/** Both modules carry no data, start nothing and import the memory alone. */
export function checkModules(kernels: { readonly relaxed: string; readonly simd: string }): void {
  for (const text of [kernels.relaxed, kernels.simd]) {
    const bytes = new Uint8Array(Buffer.from(text, "base64"));
    assert.deepEqual(WebAssembly.Module.imports(new WebAssembly.Module(bytes)), [
      { module: "env", name: "memory", kind: "memory" },
    ]);
    const ids = sections(bytes);
    assert.ok(ids.includes(10), "code");
    assert.ok(!ids.includes(11), "a data section would overwrite the shared memory");
    assert.ok(!ids.includes(8), "a start function would run once a thread");
  }
}

/**
 * Runs test files, named from the one at `base`, as a runtime without relaxed SIMD runs them: what
 * tells a runtime that has it answers no before anything is loaded. At least `least` tests must pass.
 */
export function passOnPlainSimd(base: string, names: readonly string[], least: number): void {
  const files = names.map((name) => fileURLToPath(new URL(name, base)));
  const { NODE_TEST_CONTEXT: _context, ...env } = process.env;
  const plain = "data:text/javascript,WebAssembly.validate=()=>false";
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", plain, "--test", "--test-reporter=tap", ...files],
    { encoding: "utf8", env },
  );
  assert.equal(status, 0, stdout + stderr);
  assert.ok(Number(/^# pass (\d+)$/m.exec(stdout)?.[1]) >= least, stdout);
}
