import type { ClaimState } from "@daily-kernel/feed";
import {
  describeMeasurement,
  describeReported,
  type LedgerEntry,
  ledgerRow,
} from "@daily-kernel/reproduction";

/** The ledger's row of a paper as the feed, the mail and the API read it. */
export const claimStatesOf = (entry: LedgerEntry): ClaimState[] =>
  ledgerRow(entry).claims.map((claim, position) => ({
    id: claim.id,
    position,
    statement: claim.statement,
    scale: claim.scale,
    verdict: claim.verdict,
    reason: claim.reason?.code ?? null,
    reported: describeReported(claim.reported),
    measured: claim.measured ? describeMeasurement(claim) : null,
    stale: claim.stale,
    recordedAt: claim.recordedAt === null ? null : new Date(claim.recordedAt),
    preset: claim.preset,
    device: claim.device,
    machine: claim.machine && `${claim.machine.platform}, ${claim.machine.cpu}`,
  }));
