import { ForgeError } from "../../session/errors.ts";
import type { Coder, Proposal } from "../attempt.ts";
import type { Event } from "../history.ts";

/** `ERR_TRANSCRIPT_END`: more was asked than the transcript holds. */
export const transcriptEnd = (who: string, asked: number, held: number) =>
  new ForgeError(
    "ERR_TRANSCRIPT_END",
    `${who}: the transcript holds ${held} answers, and number ${asked + 1} was asked for`,
  );

/** A Coder that says again what was said in a history (or in a list of proposals), in order. */
export function replayCoder(transcript: readonly Event[] | readonly Proposal[]): Coder {
  const proposals = transcript.flatMap((item) =>
    "kind" in item ? (item.kind === "proposal" ? [item.value as Proposal] : []) : [item],
  );
  return {
    name: "replay",
    async propose({ round }) {
      const proposal = proposals[round];
      if (!proposal) throw transcriptEnd("replayCoder", round, proposals.length);
      return proposal;
    },
  };
}
