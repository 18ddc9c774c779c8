import type { Figure } from "./figure.ts";
import type { Lab } from "./lab.ts";
import type { Paper } from "./paper.ts";

/** The ids of a paper's claims, so that a room cannot measure a claim that is not there. */
export type ClaimId<P extends Paper> = P["claims"][number]["id"];

/** What a room makes of the reader's own input. */
export interface OwnResult {
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly figures: readonly Figure[];
}

/** A form in which the paper's method runs on what the reader pastes. */
export interface OwnInput {
  /** What to paste, in one sentence. */
  readonly prompt: string;
  /** A small valid input. */
  readonly example: string;
  /** Throws an error that names the line at fault. */
  run(text: string, lab: Lab<never>): Promise<OwnResult>;
}

/**
 * A paper's reproduction. `subject` holds the functions that the claims are about: `run` must reach
 * them through its second argument, so that a test can put a wrong implementation in their place.
 */
export interface Room<P extends Paper = Paper, Subject extends object = object> {
  readonly paper: P;
  readonly subject: Subject;
  run(lab: Lab<ClaimId<P>>, subject: Subject): Promise<void>;
  readonly ownInput?: OwnInput;
}

/** Types a room: `export default defineRoom({ paper, subject: { logBesselI }, async run(lab, { logBesselI }) { ... } })`. */
export function defineRoom<P extends Paper, Subject extends object>(
  room: Room<P, Subject>,
): Room<P, Subject> {
  return room;
}
