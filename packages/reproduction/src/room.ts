import type { Lab } from "./lab.ts";
import type { OwnInput } from "./own-input.ts";
import type { Paper } from "./paper.ts";

/** The ids of a paper's claims, so that a room cannot measure a claim that is not there. */
export type ClaimId<P extends Paper> = P["claims"][number]["id"];

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
