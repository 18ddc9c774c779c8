import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

test("the README's example runs as it stands and prints three items", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const code = /```ts\n([\s\S]*?)```/.exec(readme)?.[1];
  assert.ok(code);
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  const args = ["--input-type=module-typescript", "-e", code];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  assert.equal(stdout.match(/name: 'i\d+', p: 0\.\d+/g)?.length, 3, stdout + stderr);
  const [, ratings, worth] = /(\d+) ratings are worth (\d+)/.exec(stdout) ?? [];
  assert.ok(Number(worth) > 0 && Number(worth) <= Number(ratings), stdout);
});
