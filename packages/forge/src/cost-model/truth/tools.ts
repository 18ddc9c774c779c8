import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { ForgeError } from "../../session/errors.ts";

/** The tools of LLVM 15 by Debian package; Debian's names end in the version. */
const packages = {
  "mlir-opt": "mlir-15-tools",
  "mlir-translate": "mlir-15-tools",
  opt: "llvm-15",
  llc: "llvm-15",
  "llvm-mca": "llvm-15",
  clang: "clang-15",
  valgrind: "valgrind",
} as const;
export type Tool = keyof typeof packages;

const fileOf = (tool: Tool): string => (tool === "valgrind" ? tool : `${tool}-15`);

function find(file: string): string | undefined {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const path = join(folder, file);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // not in this folder
    }
  }
  return undefined;
}

/** Where a tool is. @throws ForgeError `ERR_TOOL_NOT_FOUND` with the line that installs it. */
export function toolPath(tool: Tool): string {
  const path = find(fileOf(tool));
  if (path !== undefined) return path;
  throw new ForgeError(
    "ERR_TOOL_NOT_FOUND",
    `${fileOf(tool)} is not installed: apt-get install ${packages[tool]}`,
  );
}

/** What `groundTruth` cannot find here: each tool with the line that installs it. */
export const missingTools = (): { tool: string; remedy: string }[] =>
  (Object.keys(packages) as Tool[])
    .filter((tool) => find(fileOf(tool)) === undefined)
    .map((tool) => ({ tool: fileOf(tool), remedy: `apt-get install ${packages[tool]}` }));

/** What a tool wrote, or how it failed. */
export type Ran = { ok: true; out: string } | { ok: false; stderr: string };

/** Runs a tool over a text. A failure is an answer; an abort and a missing tool are errors. */
export function run(
  tool: Tool,
  args: readonly string[],
  input: string,
  signal?: AbortSignal,
): Promise<Ran> {
  return runFile(toolPath(tool), args, input, signal);
}

export function runFile(
  file: string,
  args: readonly string[],
  input: string,
  signal?: AbortSignal,
): Promise<Ran> {
  const limits = { maxBuffer: 2 ** 28, timeout: 120_000, killSignal: "SIGKILL" } as const;
  return new Promise((resolve, reject) => {
    const child = execFile(
      file,
      args,
      signal ? { ...limits, signal } : limits,
      (error, out, stderr) => {
        if (signal?.aborted) reject(signal.reason);
        else if (error) resolve({ ok: false, stderr: (stderr || error.message).slice(0, 8000) });
        else resolve({ ok: true, out });
      },
    );
    child.stdin!.on("error", () => {}); // a tool that refuses its input closes the pipe; its exit tells
    child.stdin!.end(input);
  });
}

let version: Promise<string> | undefined;

/** The version of LLVM, e.g. "15.0.6": truths of different versions differ. */
export function llvmVersion(): Promise<string> {
  version ??= run("mlir-opt", ["--version"], "").then((ran) => {
    const found = ran.ok ? /LLVM version (\S+)/.exec(ran.out)?.[1] : undefined;
    if (found === undefined) throw new ForgeError("ERR_TOOL_NOT_FOUND", "mlir-opt-15 does not run");
    return found;
  });
  return version;
}
