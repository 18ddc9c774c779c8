import type { CallRequest, CallResult, Candidate } from "../../session/backend.ts";

/** What the judge's side asks of the process or worker that owns the device. */
export type Ask =
  | {
      readonly type: "compile";
      readonly candidate: Candidate;
      readonly memory: number;
      /** What an earlier guest made of the same candidate. */
      readonly made: Uint8Array<ArrayBuffer> | null;
    }
  | { readonly type: "call"; readonly request: CallRequest };

/** What it answers; every question gets one answer, in order. */
export type Answer =
  | {
      readonly type: "compiled";
      readonly log: string;
      readonly hardware: string;
      readonly made: Uint8Array<ArrayBuffer> | null;
    }
  | { readonly type: "refused"; readonly message: string; readonly log: string }
  | { readonly type: "called"; readonly result: CallResult }
  /**
   * The session is over: the device is lost, refuses the call or is missing (`exited`), or the
   * candidate did what a processor refuses (`signal`).
   */
  | { readonly type: "broken"; readonly kind: "exited" | "signal"; readonly message: string };

/** The two numbers that tell one session's messages from all others: its nonce, and the question's. */
export interface Envelope<T> {
  readonly nonce: string;
  readonly turn: number;
  readonly body: T;
}
