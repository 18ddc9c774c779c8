import type { Artifact, Backend, Candidate, Limits } from "../../session/backend.ts";
import { CandidateCompileError, SessionEnded } from "../../session/errors.ts";
import { adapterName } from "./device.ts";
import type { Answer, Envelope } from "./messages.ts";
import { type Guest, RemoteSession } from "./remote.ts";

export interface WebWgslOptions {
  /** Starts a worker that runs `serveInWorker` of `@daily-kernel/forge/worker`. */
  readonly spawn: () => Worker;
}

interface WebArtifact extends Artifact {
  readonly candidate: Candidate;
}

/**
 * WGSL on the reader's own GPU, each session in a worker of its own with a device of its own; a call
 * that takes longer than the limits allow ends with the worker.
 */
export function webWgslBackend({ spawn }: WebWgslOptions): Backend {
  async function start(candidate: Candidate, limits: Limits, signal?: AbortSignal) {
    const session = new RemoteSession(workerGuest(spawn()), limits);
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
    async probe() {
      const gpu = globalThis.navigator?.gpu;
      const adapter = await gpu?.requestAdapter({ powerPreference: "high-performance" });
      if (adapter) {
        return { available: true, hardware: adapterName(adapter.info), version: "WebGPU" };
      }
      return {
        available: false,
        reason:
          gpu === undefined
            ? "this browser has no WebGPU, or the page is not served over https"
            : "this browser knows WebGPU but offers no adapter",
        remedy: "a current Chrome, Edge, Firefox or Safari on a machine with a GPU",
      };
    },
    async compile(candidate, { limits, signal }): Promise<WebArtifact> {
      try {
        const { session, log } = await start(candidate, limits, signal);
        await session.close();
        return { backend: "wgsl", hash: await hashOf(candidate), log, candidate };
      } catch (error) {
        if (!(error instanceof SessionEnded)) throw error;
        const { kind, detail, log } = error.ending;
        throw new CandidateCompileError(`the compiler ended: ${kind} (${detail})`, log);
      }
    },
    async open(artifact, { limits, signal }) {
      const { candidate } = artifact as WebArtifact;
      return (await start(candidate, limits, signal)).session;
    },
  };
}

async function hashOf({ source, grid }: Candidate): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify([source, grid ?? null]));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", text));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function workerGuest(worker: Worker): Guest {
  const guest: Guest = {
    post: (envelope) => worker.postMessage(envelope),
    onAnswer: () => {},
    onEnd: () => {},
    hold: () => {},
    log: () => "",
    kill: async () => worker.terminate(),
  };
  worker.onmessage = ({ data }: MessageEvent<Envelope<Answer>>) => guest.onAnswer(data);
  worker.onerror = ({ message }) =>
    guest.onEnd({ kind: "exited", detail: message || "the worker could not start" });
  return guest;
}
