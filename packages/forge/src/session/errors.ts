import type { Ending } from "./backend.ts";

/** A fault of the forge or of a candidate, with a stable code. */
export class ForgeError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = "ForgeError";
    this.code = code;
  }
}

/** `ERR_UNKNOWN_TASK`: no such task, with the nearest names. */
export const unknownTask = (id: string, near: readonly string[]) =>
  new ForgeError(
    "ERR_UNKNOWN_TASK",
    `no task is called ${JSON.stringify(id)}${near.length > 0 ? `; did you mean ${near.join(", ")}?` : ""}`,
  );

/** `ERR_BACKEND_UNAVAILABLE`: the back end cannot run here, and why. */
export const backendUnavailable = (id: string, reason: string) =>
  new ForgeError("ERR_BACKEND_UNAVAILABLE", `${id} is not available here: ${reason}`);

/** `ERR_CANDIDATE_COMPILE`: the compiler refused; `log` holds at most 150 lines of it. */
export class CandidateCompileError extends ForgeError {
  readonly log: string;
  constructor(message: string, log: string) {
    super("ERR_CANDIDATE_COMPILE", message);
    this.name = "CandidateCompileError";
    this.log = log;
  }
}

/** `ERR_SESSION_ENDED`: the candidate's process is gone; `ending` tells how. */
export class SessionEnded extends ForgeError {
  readonly ending: Ending;
  constructor(ending: Ending) {
    super("ERR_SESSION_ENDED", `the candidate's process ended: ${ending.kind} (${ending.detail})`);
    this.name = "SessionEnded";
    this.ending = ending;
  }
}

/** `ERR_UNKNOWN_BACKEND`: no such back end, with those that there are. */
export const unknownBackend = (id: string, known: readonly string[]) =>
  new ForgeError(
    "ERR_UNKNOWN_BACKEND",
    `no back end is called ${JSON.stringify(id)}; there are ${known.join(", ")}`,
  );
