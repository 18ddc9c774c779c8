import { spawn } from "node:child_process";

export interface ProcessEnd {
  /** Null when a signal ended it or it could not be started. */
  readonly code: number | null;
  /** What it wrote to both streams, at most `maxOutput` characters. */
  readonly output: string;
}

/** Runs a trusted program to its end with nothing of our environment but what `env` says. */
export function runProcess(
  file: string,
  args: readonly string[],
  {
    signal,
    env = { PATH: process.env.PATH ?? "/usr/bin:/bin" },
    maxOutput = 1 << 16,
  }: { signal?: AbortSignal | undefined; env?: NodeJS.ProcessEnv; maxOutput?: number } = {},
): Promise<ProcessEnd> {
  signal?.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<ProcessEnd>();
  const child = spawn(file, args, { stdio: ["pipe", "pipe", "pipe"], env });
  const abort = () => child.kill("SIGKILL");
  signal?.addEventListener("abort", abort, { once: true });
  let output = "";
  const take = (data: Buffer) => {
    if (output.length < maxOutput)
      output += data.toString("utf8").slice(0, maxOutput - output.length);
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  child.stdin.on("error", () => {});
  child.on("error", (error) => resolve({ code: null, output: error.message }));
  child.on("close", (code) => {
    signal?.removeEventListener("abort", abort);
    if (signal?.aborted) reject(signal.reason);
    else resolve({ code, output });
  });
  return promise;
}
