import type { RunState, RunTable } from "@daily-kernel/feed/node";
import type { Selectable } from "kysely";

/** A reproduction that was asked for, as pages and the API show it. */
export interface RunView {
  readonly id: string;
  readonly paperId: string;
  readonly slug: string;
  readonly accountId: string;
  readonly preset: string;
  readonly device: string;
  readonly seed: number;
  readonly state: RunState;
  /** From 0 to 1, and what is being done. */
  readonly progress: number;
  readonly doing: string;
  /** Why it failed. */
  readonly error: string | null;
  readonly recordId: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly cancelAsked: boolean;
}

export const runView = (row: Selectable<RunTable>): RunView => ({
  id: row.id,
  paperId: row.paper_id,
  slug: row.slug,
  accountId: row.account_id,
  preset: row.preset,
  device: row.device,
  seed: row.seed,
  state: row.state,
  progress: row.progress,
  doing: row.doing,
  error: row.error,
  recordId: row.record_id,
  createdAt: row.created_at,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
  cancelAsked: row.cancel_asked_at !== null,
});

/** Whether nothing more will happen to it. */
export const hasEnded = ({ state }: Pick<RunView, "state">): boolean =>
  state === "done" || state === "failed" || state === "cancelled";
