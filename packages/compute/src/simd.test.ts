import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { passOnPlainSimd } from "../../../scripts/testing/kernel-module.ts";

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
  const files = OPERATIONS.map((name) => `./${name}.test.ts`);
  passOnPlainSimd(import.meta.url, files, 3 * OPERATIONS.length);
});

test("without relaxed SIMD the plain module is the one that runs", () => {
  const url = JSON.stringify(new URL("./index.ts", import.meta.url).href);
  const script = `WebAssembly.validate = () => false;
    const { hasRelaxedSimd } = await import(${url});
    process.exitCode = hasRelaxedSimd() ? 1 : 0;`;
  const { status } = spawnSync(process.execPath, ["--input-type=module", "-e", script]);
  assert.equal(status, 0);
});
