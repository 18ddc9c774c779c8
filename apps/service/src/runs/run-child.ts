import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseRecord, type RunRecord } from "@daily-kernel/reproduction";
import type { ChildMessage, ChildTask } from "./child-messages.ts";

/** A run that ended without a record, with words for the reader who asked for it. */
export class RunFailed extends Error {
  readonly code = "ERR_RUN_FAILED";
}

export interface RunChildOptions {
  readonly seconds: number;
  readonly megabytes: number;
  readonly signal: AbortSignal;
  readonly onProgress: (fraction: number, doing: string) => void;
  /** The program to run; that beside this file by default. */
  readonly program?: string;
}

/** What a measuring process may know of ours: where programs, temporary files and data sets are. */
const passedOn = [
  "PATH",
  "HOME",
  "USERPROFILE",
  "TMPDIR",
  "TEMP",
  "LANG",
  "SYSTEMROOT",
  "XDG_CACHE_HOME",
  "LOCALAPPDATA",
  "DAILY_KERNEL_DATA",
  "npm_config_registry",
  "npm_config_userconfig",
];

/**
 * Measures a reproduction in a process of its own, which is killed when it takes longer or more
 * memory than it may, or when the signal aborts.
 * @throws RunFailed saying why there is no record; the signal's reason if that aborts.
 */
export async function runChild(task: ChildTask, options: RunChildOptions): Promise<RunRecord> {
  const { seconds, megabytes, signal, onProgress } = options;
  signal.throwIfAborted();
  const program = options.program ?? fileURLToPath(new URL("./child.ts", import.meta.url));
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${megabytes}`, program, JSON.stringify(task)],
    {
      env: Object.fromEntries(passedOn.flatMap((name) => [[name, process.env[name]]])),
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      serialization: "advanced",
      // A group of its own, so that whatever it starts ends with it.
      detached: process.platform !== "win32",
    },
  );
  const { promise, resolve, reject } = Promise.withResolvers<RunRecord>();
  const limit = `it took more than the ${megabytes} MB that a run may take`;
  const checkMemory = (bytes: number) => {
    if (bytes > megabytes * 2 ** 20) reject(new RunFailed(limit));
  };
  let words = "";
  child.stderr!.on("data", (chunk) => {
    words = (words + chunk).slice(-2000);
  });
  child.on("message", (message: ChildMessage) => {
    if (message.type === "progress") onProgress(message.fraction, message.doing);
    else if (message.type === "memory") checkMemory(message.bytes);
    else if (message.type === "error")
      reject(new RunFailed(message.message, { cause: message.stack }));
    else resolve(checked(message.record, task));
  });
  child.on("error", (error) => reject(new RunFailed(`it did not start: ${error.message}`)));
  // Not "exit": a record may still be on its way then.
  child.on("close", (code, cause) =>
    reject(
      new RunFailed(
        /heap out of memory/.test(words) ? limit : `its process ended (${cause ?? code})`,
        { cause: words },
      ),
    ),
  );
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort);
  const watch = setInterval(() => checkMemory(residentBytes(child.pid)), 500);
  const late = setTimeout(
    () => reject(new RunFailed(`it took longer than the ${seconds} seconds that a run may take`)),
    seconds * 1000,
  );
  try {
    return await promise;
  } finally {
    clearInterval(watch);
    clearTimeout(late);
    signal.removeEventListener("abort", abort);
    kill(child);
  }
}

/** The record, if it is one and of what was asked for. */
function checked(json: unknown, task: ChildTask): Promise<RunRecord> {
  try {
    const record = parseRecord(json);
    for (const name of ["slug", "preset", "seed", "device"] as const)
      if (record[name] !== task[name])
        throw new TypeError(`record: ${name} is ${record[name]}, asked for was ${task[name]}`);
    return Promise.resolve(record);
  } catch (error) {
    return Promise.reject(new RunFailed((error as Error).message, { cause: error }));
  }
}

/** Memory that a process holds, where the system tells; elsewhere its own messages have to do. */
function residentBytes(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

function kill(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(process.platform === "win32" ? child.pid : -child.pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
