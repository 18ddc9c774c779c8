import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

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
  const url = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
  const script = [
    "WebAssembly.validate = () => false;",
    `const { hasRelaxedSimd } = await import(${url("./index.ts")});`,
    "if (hasRelaxedSimd()) throw new Error('relaxed SIMD is still on');",
    ...OPERATIONS.map((name) => `await import(${url(`./${name}.test.ts`)});`),
  ].join("\n");
  const { NODE_TEST_CONTEXT: _context, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module", "--test-reporter=tap", "-e", script],
    { encoding: "utf8", env },
  );
  const passed = Number(/^# pass (\d+)$/m.exec(stdout)?.[1]);
  assert.equal(status, 0, stdout + stderr);
  assert.ok(passed >= 3 * OPERATIONS.length, `only ${passed} tests ran`);
});
