import type { Artifact, Backend, BackendId, Candidate, Limits } from "../../session/backend.ts";
import { CandidateCompileError, SessionEnded } from "../../session/errors.ts";
import { type Guest, RemoteSession } from "./remote-session.ts";

interface RemoteArtifact extends Artifact {
  readonly candidate: Candidate;
  readonly made: Uint8Array<ArrayBuffer> | null;
  /** The process that compiled it has run nothing of it yet and serves the first session. */
  parked: RemoteSession | null;
}

/** How long a process waits for its first session, in milliseconds. */
const parkedFor = 5_000;

/** A candidate at a new guest's, compiled; nothing is left of the guest when that fails. */
export async function startSession(
  guest: Guest,
  candidate: Candidate,
  limits: Limits,
  options: { made?: Uint8Array<ArrayBuffer> | null; signal?: AbortSignal | undefined } = {},
) {
  const session = new RemoteSession(guest, limits);
  try {
    const compiled = await session.compile(candidate, options.made ?? null, options.signal);
    return { session, ...compiled };
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** `compile` and `open` of a back end whose candidates live at guests'. */
export function remoteBackend(
  id: BackendId,
  spawn: (limits: Limits) => Promise<Guest>,
): Pick<Backend, "compile" | "open"> {
  return {
    async compile(candidate, { limits, signal }): Promise<RemoteArtifact> {
      try {
        const started = await startSession(await spawn(limits), candidate, limits, { signal });
        const { session, log, made } = started;
        const hash = await hashOf(id, candidate);
        const artifact: RemoteArtifact = {
          backend: id,
          hash,
          log,
          candidate,
          made,
          parked: session,
        };
        session.hold(false);
        const timer: unknown = setTimeout(() => void artifact.parked?.close(), parkedFor);
        (timer as { unref?(): void }).unref?.(); // Node's timers keep a process alive.
        return artifact;
      } catch (error) {
        if (!(error instanceof SessionEnded)) throw error;
        const { kind, detail, log } = error.ending;
        throw new CandidateCompileError(`the compiler ended: ${kind} (${detail})`, log);
      }
    },
    async open(artifact, { limits, signal }) {
      const compiled = artifact as RemoteArtifact;
      const { candidate, made, parked } = compiled;
      compiled.parked = null;
      if (parked?.open) {
        parked.hold(true);
        return parked;
      }
      const options = { made, signal };
      return (await startSession(await spawn(limits), candidate, limits, options)).session;
    },
  };
}

async function hashOf(id: BackendId, { source, grid, flags }: Candidate): Promise<string> {
  const text = JSON.stringify([id, source, grid ?? null, flags ?? []]);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (b) => b.toString(16).padStart(2, "0")).join("");
}
