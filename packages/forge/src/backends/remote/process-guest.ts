import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import type { Limits } from "../../session/backend.ts";
import type { Answer, Envelope } from "./messages.ts";
import type { Guest } from "./remote-session.ts";

const mostLog = 4096;
/** How often a child's memory is looked at, in milliseconds. */
const watchEvery = 100;
/** What Node itself and a driver hold, in bytes. */
const ownMemory = 400 << 20;

/** Children that were not ended yet: an exit of this process takes them along. */
const living = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of living) child.kill("SIGKILL");
});

/**
 * A process of its own that runs `program`, with the given environment and no more. It is killed
 * when it holds more memory than the limits allow.
 */
export function processGuest(
  program: URL,
  env: Readonly<Record<string, string>>,
  limits: Limits,
): Guest {
  const child = fork(fileURLToPath(program), {
    env,
    cwd: tmpdir(),
    execArgv: [],
    serialization: "advanced",
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  living.add(child);
  let text = "";
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      if (text.length < mostLog) text = (text + chunk).slice(0, mostLog);
    });
  const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const guest: Guest = {
    post: (envelope) => {
      if (child.connected) child.send(envelope, () => {});
    },
    onAnswer: () => {},
    onEnd: () => {},
    hold: (alive) => {
      for (const part of [child, child.channel, child.stdout, child.stderr])
        (part as { ref?(): void; unref?(): void } | null)?.[alive ? "ref" : "unref"]?.();
    },
    log: () => text,
    kill: () => {
      clearInterval(watch);
      child.kill("SIGKILL");
      return gone;
    },
  };
  const watch = setInterval(() => {
    const bytes = residentBytes(child.pid);
    if (bytes <= limits.memory + ownMemory) return;
    clearInterval(watch);
    guest.onEnd({ kind: "memory", detail: `${bytes} bytes, allowed ${limits.memory}` });
  }, watchEvery).unref();
  child.on("message", (envelope: Envelope<Answer>) => guest.onAnswer(envelope));
  child.once("error", (error) => guest.onEnd({ kind: "exited", detail: error.message }));
  child.once("exit", (code, signal) => {
    living.delete(child);
    guest.onEnd(
      signal === null
        ? { kind: "exited", detail: `exit code ${code}` }
        : { kind: "signal", detail: signal },
    );
  });
  return guest;
}

/** Memory that a process holds; 0 where the system does not tell. */
function residentBytes(pid: number | undefined): number {
  try {
    return (
      Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) *
      1024
    );
  } catch {
    return 0;
  }
}
