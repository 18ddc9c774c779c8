import { type ChildProcess, fork } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { softwareGpuEnv } from "@daily-kernel/compute/node";
import type { Artifact, Backend, Candidate, Limits, Probe } from "../../session/backend.ts";
import { CandidateCompileError, SessionEnded } from "../../session/errors.ts";
import type { Answer, Envelope } from "./messages.ts";
import { type Guest, RemoteSession } from "./remote.ts";

/** `software`: SwiftShader from the packages, the same everywhere; `hardware`: the machine's GPU. */
export interface WgslOptions {
  readonly device?: "software" | "hardware";
}

interface WgslArtifact extends Artifact {
  readonly candidate: Candidate;
  /** The process that compiled it has run nothing of it yet and serves the first session. */
  parked: RemoteSession | null;
}

/** How long a process waits for its first session, in milliseconds. */
const parkedFor = 5_000;

const tiny = "@compute @workgroup_size(1) fn main() {}";
const probeLimits: Limits = {
  callTimeout: 10_000,
  compileTimeout: 20_000,
  memory: 1 << 28,
  processes: 1,
};
const mostLog = 4096;
/** How often a child's memory is looked at, in milliseconds. */
const watchEvery = 100;
/** What Node and Dawn hold themselves, in bytes. */
const ownMemory = 400 << 20;

/**
 * WGSL on Dawn, each candidate in a process of its own with an empty environment: it is killed when
 * a call takes longer than the limits allow or when it holds more memory. The software adapter comes
 * out of the packages `webgpu` and `@sparticuz/chromium` and needs no GPU.
 */
export function wgslBackend({ device = "software" }: WgslOptions = {}): Backend {
  const environment = async () =>
    device === "software" ? softwareGpuEnv() : hardwareEnvironment();

  async function start(candidate: Candidate, limits: Limits, signal?: AbortSignal) {
    const session = new RemoteSession(processGuest(await environment(), limits), limits);
    try {
      return { session, ...(await session.compile(candidate, signal)) };
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  return {
    id: "wgsl",
    language: "wgsl",
    async probe(): Promise<Probe> {
      try {
        const { session, hardware } = await start({ source: tiny }, probeLimits);
        await session.close();
        return { available: true, hardware, version: `webgpu (Dawn), ${device}` };
      } catch (error) {
        const ended = error instanceof SessionEnded ? `: ${error.ending.log}` : "";
        return {
          available: false,
          reason: `${(error as Error).message}${ended}`.trim(),
          remedy: "npm install webgpu @sparticuz/chromium",
        };
      }
    },
    async compile(candidate, { limits, signal }): Promise<WgslArtifact> {
      try {
        const { session, log } = await start(candidate, limits, signal);
        const { source, grid } = candidate;
        const hash = createHash("sha256").update(JSON.stringify([source, grid ?? null, device]));
        const artifact: WgslArtifact = {
          backend: "wgsl",
          hash: hash.digest("hex"),
          log,
          candidate,
          parked: session,
        };
        session.hold(false);
        setTimeout(() => void artifact.parked?.close(), parkedFor).unref();
        return artifact;
      } catch (error) {
        if (!(error instanceof SessionEnded)) throw error;
        const { kind, detail, log } = error.ending;
        throw new CandidateCompileError(`the compiler's process ended: ${kind} (${detail})`, log);
      }
    },
    async open(artifact, { limits, signal }) {
      const compiled = artifact as WgslArtifact;
      const { candidate, parked } = compiled;
      compiled.parked = null;
      if (parked?.open) {
        parked.hold(true);
        return parked;
      }
      return (await start(candidate, limits, signal)).session;
    },
  };
}

/** What a driver of the machine needs to be found. */
function hardwareEnvironment(): Record<string, string> {
  const names = [
    "LD_LIBRARY_PATH",
    "VK_ICD_FILENAMES",
    "VK_DRIVER_FILES",
    "XDG_RUNTIME_DIR",
    "HOME",
  ];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );
}

/** Children that were not ended yet: an exit of this process takes them along. */
const living = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of living) child.kill("SIGKILL");
});

function processGuest(env: Record<string, string>, limits: Limits): Guest {
  const child = fork(fileURLToPath(new URL("./child.ts", import.meta.url)), {
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
