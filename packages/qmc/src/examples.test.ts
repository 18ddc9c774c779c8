import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = async (name: string) => {
  const file = fileURLToPath(new URL(`../examples/${name}.ts`, import.meta.url));
  return (await promisify(execFile)(process.execPath, [file])).stdout;
};

test("the Asian option: three ways to one price", async () => {
  const output = await run("asian-option");
  const prices = [...output.matchAll(/(\d+\.\d+) ± (\d+\.\d+)/g)].map(([, price]) => Number(price));
  assert.equal(prices.length, 3);
  // Monte Carlo with 32 dates has a bias of its own
  assert.ok(Math.max(...prices) - Math.min(...prices) < 0.06, output);
});

test("the sensitivity indices are the exact ones to 1e-3", async () => {
  const output = await run("sensitivity");
  const cells = [...output.matchAll(/(\d\.\d{4}) ± (\d\.\d{4}) \((\d\.\d{4})\)/g)];
  assert.equal(cells.length, 12);
  for (const [cell, value, , exact] of cells) {
    assert.ok(Math.abs(Number(value) - Number(exact)) <= 1.1e-3, cell);
  }
});
