import type { Diagnosis, Judge } from "../attempt.ts";
import { transcriptEnd } from "../coders/replay-coder.ts";
import type { Event } from "../history.ts";

/**
 * A Judge that says again what was said: in a history, or in a list whose k-th advice is about the
 * candidate of round k.
 */
export function replayJudge(transcript: readonly Event[] | readonly Diagnosis[]): Judge {
  const diagnoses = new Map<number, Diagnosis>();
  for (const [k, item] of transcript.entries()) {
    if (!("kind" in item)) diagnoses.set(k, item);
    else if (item.kind === "advice") diagnoses.set(item.round - 1, item.value as Diagnosis);
  }
  return {
    name: "replay",
    async diagnose({ last }) {
      const diagnosis = diagnoses.get(last.round);
      if (!diagnosis) throw transcriptEnd("replayJudge", last.round, diagnoses.size);
      return diagnosis;
    },
  };
}
