import type { KernelState, KernelTable } from "@daily-kernel/feed/node";
import type { Finding } from "@daily-kernel/forge";
import type { Selectable } from "kysely";

/** What the server's own verification of a kernel said, as it is kept. */
export interface KernelVerdict {
  readonly accepted: boolean;
  readonly findings: readonly Finding[];
  readonly worstError: number | null;
  readonly effectiveBits: number;
  readonly calls: number;
  /** The device on which the server verified it. */
  readonly adapter: string;
}

/** A kernel of the leaderboard, or one that waits for it. */
export interface KernelView {
  readonly id: string;
  readonly accountId: string;
  /** The name of who sent it. */
  readonly by: string;
  readonly task: string;
  readonly grid: string;
  readonly source: string;
  /** The reader's own adapter and time. */
  readonly adapter: string;
  readonly medianNs: number;
  readonly state: KernelState;
  readonly verdict: KernelVerdict | null;
  readonly error: string | null;
  readonly createdAt: Date;
}

export const kernelView = (
  row: Selectable<KernelTable> & { name: string; full_name: string },
): KernelView => ({
  id: row.id,
  accountId: row.account_id,
  by: row.full_name || row.name,
  task: row.task,
  grid: row.grid,
  source: row.source,
  adapter: row.adapter,
  medianNs: row.median_ns,
  state: row.state,
  verdict: row.verdict as KernelVerdict | null,
  error: row.error,
  createdAt: row.created_at,
});
