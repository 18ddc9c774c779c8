import type { CallRequest, CallResult, Candidate } from "../../session/backend.ts";
import { CandidateCompileError, ForgeError } from "../../session/errors.ts";
import type { Answer, Ask, Envelope } from "./messages.ts";

/** A compiled candidate where it runs. */
export interface Served {
  /** What the compiler said. */
  readonly log: string;
  readonly hardware: string;
  /** Saves the next guest the compilation, where there is such a thing. */
  readonly made: Uint8Array<ArrayBuffer> | null;
  call(request: CallRequest): Promise<CallResult>;
  /** Resolves with words when it can be called no more. */
  readonly lost: Promise<string>;
}

/** Compiles a candidate, or takes what was made of it before. */
export type Make = (
  candidate: Candidate,
  memory: number,
  made: Uint8Array<ArrayBuffer> | null,
) => Promise<Served>;

const broken = (message: string, kind: "exited" | "signal" = "exited"): Answer => ({
  type: "broken",
  kind,
  message,
});

/**
 * Serves one candidate: the whole program of a child process or of a worker. Returns the function
 * that takes the questions. What `make` and `call` throw is told: a `CandidateCompileError` with its
 * log, a trap and everything else as the end of the session.
 */
export function serveCandidate(
  make: Make,
  post: (envelope: Envelope<Answer>) => void,
): (envelope: Envelope<Ask>) => Promise<void> {
  let served: Served | undefined;

  async function answer(ask: Ask): Promise<Answer> {
    if (ask.type === "compile") {
      served = await make(ask.candidate, ask.memory, ask.made);
      const { log, hardware, made } = served;
      return { type: "compiled", log, hardware, made };
    }
    if (served === undefined) return broken("no candidate was compiled");
    const lost = served.lost.then((message): Answer => broken(message));
    const called = served.call(ask.request).then((result): Answer => ({ type: "called", result }));
    return Promise.race([called, lost]);
  }

  return async ({ nonce, turn, body }) => {
    const told = await answer(body).catch((error: unknown): Answer => {
      const message = error instanceof Error ? error.message : String(error);
      if (error instanceof CandidateCompileError)
        return { type: "refused", message, log: error.log };
      const trapped = error instanceof ForgeError && error.code === "ERR_TRAP";
      return broken(message, trapped ? "signal" : "exited");
    });
    post({ nonce, turn, body: told });
  };
}
