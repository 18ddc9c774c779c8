import { type ProcessEnd, runProcess } from "./run-process.ts";
import { warden } from "./warden.ts";

export interface ToolOptions {
  /** Files of ours that the command finds in its working directory under their last names. */
  readonly inputs?: readonly string[];
  /** Plain files that it leaves there, and where they go; empty unless the command succeeds. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** Folders of the machine that it sees, besides the system's own, read-only. */
  readonly binds?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Bytes of address space, of each of its processes. */
  readonly memory: number;
  readonly processes?: number;
  /** Milliseconds; afterwards everything that it started is ended. */
  readonly timeout: number;
  /** Characters of its output that are kept. */
  readonly maxOutput?: number;
  /** Without namespaces: limits and the filter on system calls are all. */
  readonly unsafe?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a compiler or another tool in the sandbox: its own file system (the system's folders read-only
 * and a `/tmp` in memory), no network, no other process, an unprivileged user, an empty environment.
 * Code 124: it ran past the timeout; 71: the sandbox could not be made, and the output says why.
 */
export async function runTool(
  command: readonly string[],
  options: ToolOptions,
): Promise<ProcessEnd> {
  const {
    inputs = [],
    outputs = {},
    binds = [],
    env = {},
    processes = 64,
    maxOutput = 1 << 16,
  } = options;
  const args = [
    "tool",
    `memory=${options.memory}`,
    `processes=${processes}`,
    `timeout=${options.timeout}`,
    `output=${maxOutput}`,
    ...(options.unsafe ? ["bare"] : []),
    ...inputs.map((file) => `in=${file}`),
    ...Object.entries(outputs).map(([name, file]) => `out=${name}:${file}`),
    ...binds.map((folder) => `bind=${folder}`),
    ...Object.entries(env).map(([name, value]) => `env=${name}=${value}`),
    "--",
    ...command,
  ];
  return runProcess(await warden(), args, { signal: options.signal, maxOutput });
}
