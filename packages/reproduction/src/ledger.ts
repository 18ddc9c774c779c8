import type { Paper } from "./paper.ts";
import type { ClaimOutcome, RunRecord } from "./record.ts";
import { notMeasured } from "./run-room.ts";

/** A claim's place in the ledger: its outcome in the record that speaks for it. */
export type LedgerClaim = ClaimOutcome & {
  /** `null` where nothing is recorded. */
  readonly recordedAt: string | null;
  readonly preset: RunRecord["preset"] | null;
  readonly device: RunRecord["device"] | null;
  readonly machine: RunRecord["machine"] | null;
  /** Whether the sources changed since the record was made. */
  readonly stale: boolean;
};

/** One row of the ledger. */
export interface LedgerPaper {
  readonly slug: string;
  readonly title: string;
  readonly arxiv: string;
  /** Whether the paper has a reproduction. */
  readonly built: boolean;
  readonly claims: readonly LedgerClaim[];
}

/** What the ledger needs to know of a paper. */
export interface LedgerEntry {
  readonly paper: Paper;
  readonly built: boolean;
  readonly records: readonly RunRecord[];
  /** Hash of the current sources, `null` where unknown: then no record counts as stale. */
  readonly sources: string | null;
}

/** Full before quick (a quick run never replaces a full one), fresh before stale, later before earlier. */
function precedence(sources: string | null) {
  const rank = (r: RunRecord) => [
    Number(r.preset === "quick"),
    Number(isStale(r, sources)),
    -Date.parse(r.startedAt),
  ];
  return (a: RunRecord, b: RunRecord) => {
    const [x, y] = [rank(a), rank(b)];
    return x[0]! - y[0]! || x[1]! - y[1]! || x[2]! - y[2]!;
  };
}

const isStale = (record: RunRecord, sources: string | null) =>
  sources !== null && record.sources !== sources;

/**
 * The ledger's row for a paper. Each claim is spoken for by the first record, in order of
 * precedence, that measured it; failing that, by the first that says why it was not measured.
 */
export function ledgerRow({ paper, built, records, sources }: LedgerEntry): LedgerPaper {
  const ordered = [...records].sort(precedence(sources));
  const claims = paper.claims.map((claim): LedgerClaim => {
    const found = ordered.flatMap((record) => {
      const outcome = record.claims.find((c) => c.id === claim.id);
      return outcome ? [{ record, outcome }] : [];
    });
    const best = found.find(({ outcome }) => outcome.measured) ?? found[0];
    if (!best) {
      const detail = built ? "no run is recorded" : "this paper has no reproduction yet";
      const outcome = notMeasured(claim, "not-built", detail);
      return {
        ...outcome,
        recordedAt: null,
        preset: null,
        device: null,
        machine: null,
        stale: false,
      };
    }
    const { startedAt: recordedAt, preset, device, machine } = best.record;
    const stale = isStale(best.record, sources);
    return { ...best.outcome, recordedAt, preset, device, machine, stale };
  });
  return { slug: paper.slug, title: paper.title, arxiv: paper.arxiv, built, claims };
}

/** How many claims came to each verdict, in words: `5 hold, 1 fails, 2 not measured`. */
export function tally(claims: readonly Pick<ClaimOutcome, "verdict">[]): string {
  const count = (verdict: string) => claims.filter((c) => c.verdict === verdict).length;
  const [holds, fails, unsure, missing] = [
    count("holds"),
    count("fails"),
    count("inconclusive"),
    count("not-measured"),
  ];
  return [
    holds && `${holds} ${holds === 1 ? "holds" : "hold"}`,
    fails && `${fails} ${fails === 1 ? "fails" : "fail"}`,
    unsure && `${unsure} inconclusive`,
    missing && `${missing} not measured`,
  ]
    .filter(Boolean)
    .join(", ");
}
