import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { KernelVerdict } from "./kernel-view.ts";

/** What a verifying process is told. */
export interface VerifyTask {
  readonly task: string;
  readonly grid: string;
  readonly source: string;
}

/** What it sends back, once. */
export type VerifyAnswer = { readonly verdict: KernelVerdict } | { readonly error: string };

/** Where programs, the software adapter and temporary files are; nothing else is passed on. */
const passedOn = ["PATH", "HOME", "TMPDIR", "XDG_CACHE_HOME"];

/**
 * Verifies a kernel in a process of its own, which computes the references and keeps the kernel in
 * yet another: the server stays free, and what it takes ends with the signal.
 * @throws Error saying why there is no verdict; the signal's reason if that aborts.
 */
export async function verifyChild(task: VerifyTask, signal: AbortSignal): Promise<KernelVerdict> {
  signal.throwIfAborted();
  const child = fork(fileURLToPath(new URL("./verify-program.ts", import.meta.url)), {
    env: Object.fromEntries(passedOn.flatMap((name) => [[name, process.env[name]]])),
    execArgv: ["--max-old-space-size=1024"],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const { promise, resolve, reject } = Promise.withResolvers<KernelVerdict>();
  child.on("message", (answer: VerifyAnswer) =>
    "verdict" in answer ? resolve(answer.verdict) : reject(new Error(answer.error)),
  );
  child.on("error", reject);
  child.on("exit", (code, cause) => reject(new Error(`its process ended (${cause ?? code})`)));
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort);
  child.send(task);
  try {
    return await promise;
  } finally {
    signal.removeEventListener("abort", abort);
    child.kill("SIGKILL");
  }
}
