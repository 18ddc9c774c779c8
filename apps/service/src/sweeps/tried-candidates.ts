import type { CellEvent } from "@daily-kernel/feed/node";
import type { Attempt, Event } from "@daily-kernel/forge";
import type { TriedCandidate } from "./cell-result.ts";

/**
 * The candidates of a search, each with the machine that verified and timed it: `kept` are the steps
 * of earlier workers; what `history` has beyond them happened on `machine`.
 */
export function triedCandidates(
  attempts: readonly Attempt[],
  history: readonly Pick<Event, "kind" | "round">[],
  kept: { readonly machine: string; readonly events: readonly Pick<CellEvent, "machine">[] },
): TriedCandidate[] {
  const where = new Map<number, string>();
  history.forEach(({ kind, round }, i) => {
    if (kind === "check" || kind === "timing")
      where.set(round, kept.events[i]?.machine ?? kept.machine);
  });
  return attempts.map(({ round, repeats, check, correct, timing }) => ({
    round,
    machine: where.get(repeats ?? round) ?? kept.machine,
    outcome: check.outcome,
    correct,
    speedup: correct ? (timing?.speedup ?? null) : null,
    medianNs: correct ? (timing?.medianNs ?? null) : null,
  }));
}
