import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Limits } from "../../session/backend.ts";
import { CandidateCompileError } from "../../session/errors.ts";
import { cacheFolder } from "./cache.ts";
import { runTool } from "./tool.ts";

const MOST_LINES = 150;

function trim(log: string): string {
  const lines = log.trimEnd().split("\n");
  if (lines.length <= MOST_LINES) return lines.join("\n");
  return [
    ...lines.slice(0, MOST_LINES - 1),
    `... ${lines.length - MOST_LINES + 1} more lines`,
  ].join("\n");
}

/**
 * Compiles a source in the sandbox, where `command` finds it as `file` and leaves `makes`, which goes
 * to `object`. Returns what the compiler said, at most 150 lines.
 *
 * @throws CandidateCompileError with the same.
 */
export async function compileInSandbox(
  source: string,
  options: {
    readonly command: readonly string[];
    readonly file: string;
    readonly makes: string;
    readonly object: string;
    readonly binds?: readonly string[];
    readonly limits: Limits;
    readonly unsafe: boolean;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<string> {
  const { command, file, makes, object, binds = [], limits, unsafe, signal } = options;
  const folder = mkdtempSync(join(cacheFolder("work"), "c-"));
  try {
    const input = join(folder, file);
    writeFileSync(input, source);
    const { code, output } = await runTool(command, {
      inputs: [input],
      outputs: { [makes]: object },
      binds,
      memory: limits.memory,
      timeout: limits.compileTimeout,
      unsafe,
      signal,
    });
    const log = trim(output);
    if (code === 124)
      throw new CandidateCompileError(
        `the compiler took longer than ${limits.compileTimeout} ms`,
        log,
      );
    if (code !== 0) throw new CandidateCompileError(`${command[0]} ended with code ${code}`, log);
    return log;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
