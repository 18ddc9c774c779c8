import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

/**
 * Runs this Node on `file` in our place and resolves to its exit code. A Ctrl-C on a terminal
 * reaches the child by itself, so it is passed on only where there is no terminal.
 */
export function handOver(
  file: string,
  argv: readonly string[],
  env: SpawnOptions["env"],
): Promise<number> {
  const child: ChildProcess = spawn(process.execPath, [file, ...argv], { stdio: "inherit", env });
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  return new Promise((resolve) => {
    child.on("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 1)));
  });
}
