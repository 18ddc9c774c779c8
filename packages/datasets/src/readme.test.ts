import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { datasets } from "./registry.ts";

test("the README's first example runs as it stands", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const code = /```ts\n([\s\S]*?)```/.exec(readme)?.[1];
  assert.ok(code);
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  const args = ["--input-type=module-typescript", "-e", code];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  const lines = stdout.trim().split("\n");
  assert.equal(lines.length, datasets.length + 1);
  assert.match(lines[0]!, /^cifar10: CIFAR-10, 139\.0 MB, for your own use$/);
  assert.match(lines.at(-1)!, /^iris: iris\.json was not given; it comes from R\. A\. Fisher/);
});
