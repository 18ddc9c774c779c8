#!/usr/bin/env node
// Runs the CLI on a Node that reads TypeScript: this one, or the one that npm installed beside it.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const main = new URL("../src/main.ts", import.meta.url);
const major = Number(process.versions.node.split(".")[0]);
if (major >= 24) {
  await import(main.href);
} else {
  const suffix = process.platform === "win32" ? ".cmd" : "";
  const node = fileURLToPath(new URL(`../../../node_modules/.bin/node${suffix}`, import.meta.url));
  if (!existsSync(node)) {
    console.error(
      `daily-kernel needs Node 24 or later, this is ${process.versions.node}; run "npm ci" in the project to get one.`,
    );
    process.exit(1);
  }
  const child = spawn(node, [fileURLToPath(main), ...process.argv.slice(2)], { stdio: "inherit" });
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  // On a terminal Ctrl-C reaches the child by itself.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
}
