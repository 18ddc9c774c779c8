import type { Artifact, Backend, BackendId, Candidate, Limits } from "../../session/backend.ts";
import { CandidateCompileError, SessionEnded } from "../../session/errors.ts";
import { type Guest, RemoteSession } from "./remote-session.ts";

interface RemoteArtifact extends Artifact {
  readonly candidate: Candidate;
  readonly made: Uint8Array<ArrayBuffer> | null;
  /** The process that compiled it has run nothing of it yet and serves the first session. */
  parked: RemoteSession | null;
}

/** How candidates are compiled elsewhere than at a guest's, and what is kept of that. */
export interface Making {
  /** Compiles before a guest is started; absent where guests do it themselves. */
  compile?(
    candidate: Candidate,
    options: { limits: Limits; signal?: AbortSignal },
  ): Promise<{ made: Uint8Array<ArrayBuffer>; log: string }>;
  /** What was made before, by hash, also by other processes. */
  readonly store?: {
    read(hash: string): Uint8Array<ArrayBuffer> | null;
    write(hash: string, made: Uint8Array<ArrayBuffer>): void;
  };
  /** What decides what is made, beside the candidate: compiler, version, flags. */
  recipe?(candidate: Candidate): Promise<string>;
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
  { compile, store, recipe }: Making = {},
): Pick<Backend, "compile" | "open"> {
  return {
    async compile(candidate, { limits, signal }): Promise<RemoteArtifact> {
      try {
        const hash = await hashOf(id, (await recipe?.(candidate)) ?? "", candidate);
        const known = store?.read(hash) ?? null;
        const within = { limits, ...(signal && { signal }) };
        const built = known ? null : await compile?.(candidate, within);
        const started = await startSession(await spawn(limits), candidate, limits, {
          made: known ?? built?.made ?? null,
          signal,
        });
        const { session, made } = started;
        const log = built?.log ?? started.log;
        // What the compiler said would be lost.
        if (!known && made && log === "") store?.write(hash, made);
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

async function hashOf(
  id: BackendId,
  recipe: string,
  { source, grid, flags }: Candidate,
): Promise<string> {
  const text = JSON.stringify([id, recipe, source, grid ?? null, flags ?? []]);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (b) => b.toString(16).padStart(2, "0")).join("");
}
