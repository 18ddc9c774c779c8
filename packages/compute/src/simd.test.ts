import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const OPERATIONS = [
  "matmul",
  "syrk",
  "cholesky",
  "solve-triangular",
  "eig-symmetric",
  "squared-distances",
  "log-sum-exp",
];

test("every operation passes its tests on plain SIMD, as a runtime without relaxed SIMD runs it", () => {
  const files = OPERATIONS.map((name) =>
    fileURLToPath(new URL(`./${name}.test.ts`, import.meta.url)),
  );
  const { NODE_TEST_CONTEXT: _context, ...env } = process.env;
  // What tells a runtime with relaxed SIMD, see hasRelaxedSimd, answers no before anything is loaded.
  const plain = "data:text/javascript,WebAssembly.validate=()=>false";
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", plain, "--test", "--test-reporter=tap", ...files],
    { encoding: "utf8", env },
  );
  const passed = Number(/^# pass (\d+)$/m.exec(stdout)?.[1]);
  assert.equal(status, 0, stdout + stderr);
  assert.ok(passed >= 3 * OPERATIONS.length, `only ${passed} tests ran`);
});

test("without relaxed SIMD the plain module is the one that runs", () => {
  const url = JSON.stringify(new URL("./index.ts", import.meta.url).href);
  const script = `WebAssembly.validate = () => false;
    const { hasRelaxedSimd } = await import(${url});
    process.exitCode = hasRelaxedSimd() ? 1 : 0;`;
  const { status } = spawnSync(process.execPath, ["--input-type=module", "-e", script]);
  assert.equal(status, 0);
});
