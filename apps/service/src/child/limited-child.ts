import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** Work that ended without a result, with words for whoever asked for it. */
export class RunFailed extends Error {
  readonly code = "ERR_RUN_FAILED";
  /** Whether its process was ended from outside, so that trying again may help. */
  readonly killed: boolean;
  constructor(message: string, options: ErrorOptions & { readonly killed?: boolean } = {}) {
    super(message, options);
    this.killed = options.killed ?? false;
  }
}

/** What every program that runs so may send; the rest is its own. */
export type CommonMessage =
  | { readonly type: "progress"; readonly fraction: number; readonly doing: string }
  | { readonly type: "memory"; readonly bytes: number }
  | { readonly type: "error"; readonly message: string; readonly stack: string };

export interface LimitedChildOptions<Message, Result> {
  /** The program's file and arguments. */
  readonly program: string;
  readonly args?: readonly string[];
  /** What it is, for messages: "a run". */
  readonly what: string;
  readonly seconds: number;
  readonly megabytes: number;
  readonly signal: AbortSignal;
  readonly onProgress: (fraction: number, doing: string) => void;
  /** Takes the program's own messages; what it returns in the end is the result. */
  readonly onMessage: (
    message: Exclude<Message, CommonMessage>,
    child: ChildProcess,
  ) => Promise<Result | undefined> | Result | undefined;
  /** The first message to it. */
  readonly first?: object;
}

/** What such a process may know of ours: where programs, temporary files and data sets are. */
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
 * Runs a program of ours in a process of its own, which is killed when it takes longer or more
 * memory than it may, or when the signal aborts.
 * @throws RunFailed saying why there is no result; the signal's reason if that aborts.
 */
export async function limitedChild<Message extends { readonly type: string }, Result>(
  options: LimitedChildOptions<Message, Result>,
): Promise<Result> {
  const { program, args = [], what, seconds, megabytes, signal, onProgress, onMessage } = options;
  signal.throwIfAborted();
  const child = spawn(process.execPath, [`--max-old-space-size=${megabytes}`, program, ...args], {
    env: Object.fromEntries(passedOn.flatMap((name) => [[name, process.env[name]]])),
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    serialization: "advanced",
    // A group of its own, so that whatever it starts ends with it.
    detached: process.platform !== "win32",
  });
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  const limit = `it took more than the ${megabytes} MB that ${what} may take`;
  const checkMemory = (bytes: number) => {
    if (bytes > megabytes * 2 ** 20) reject(new RunFailed(limit));
  };
  let words = "";
  child.stderr!.on("data", (chunk) => {
    words = (words + chunk).slice(-2000);
  });
  const take = async (message: Exclude<Message, CommonMessage>) => {
    const result = await onMessage(message, child);
    if (result !== undefined) resolve(result);
  };
  child.on("message", (message: CommonMessage | Exclude<Message, CommonMessage>) => {
    if (isCommon(message)) {
      if (message.type === "progress") onProgress(message.fraction, message.doing);
      else if (message.type === "memory") checkMemory(message.bytes);
      else reject(new RunFailed(message.message, { cause: message.stack }));
    } else take(message).catch(reject);
  });
  child.on("error", (error) => reject(new RunFailed(`it did not start: ${error.message}`)));
  // Not "exit": a message may still be on its way then.
  child.on("close", (code, cause) =>
    reject(
      /heap out of memory/.test(words)
        ? new RunFailed(limit, { cause: words })
        : new RunFailed(`its process ended (${cause ?? code})`, {
            cause: words,
            killed: cause !== null,
          }),
    ),
  );
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort);
  const watch = setInterval(() => checkMemory(residentBytes(child.pid)), 500);
  const late = setTimeout(
    () => reject(new RunFailed(`it took longer than the ${seconds} seconds that ${what} may take`)),
    seconds * 1000,
  );
  if (options.first) child.send(options.first, () => {});
  try {
    return await promise;
  } finally {
    clearInterval(watch);
    clearTimeout(late);
    signal.removeEventListener("abort", abort);
    kill(child);
  }
}

const isCommon = (message: { readonly type: string }): message is CommonMessage =>
  message.type === "progress" || message.type === "memory" || message.type === "error";

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
