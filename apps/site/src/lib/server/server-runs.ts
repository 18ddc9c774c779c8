import type { Account } from "@daily-kernel/feed/node";
import { service } from "./service.ts";

/** How a run on the server stands, as the page and the stream of its progress show it. */
export interface ServerRunView {
  readonly id: string;
  readonly preset: string;
  readonly seed: number;
  readonly state: "queued" | "running" | "done" | "failed" | "cancelled";
  readonly progress: number;
  readonly doing: string;
  readonly error: string | null;
  readonly cancelAsked: boolean;
  readonly mine: boolean;
}

type RunView = NonNullable<Awaited<ReturnType<ReturnType<typeof service>["runs"]["get"]>>>;

export const serverRunView = (run: RunView, account: Account | null): ServerRunView => ({
  id: run.id,
  preset: run.preset,
  seed: run.seed,
  state: run.state,
  progress: run.progress,
  doing: run.doing,
  error: run.error,
  cancelAsked: run.cancelAsked,
  mine: account !== null && (run.accountId === account.id || account.role === "moderator"),
});

/** The runs of a paper that wait or go on, and the reader's own last ones. */
export async function runsOf(paperId: string, account: Account | null): Promise<ServerRunView[]> {
  const { runs } = service();
  const open = await runs.list({ paperId, open: true }, 10);
  const own = account ? await runs.list({ paperId, accountId: account.id }, 3) : [];
  const all = new Map([...open, ...own].map((run) => [run.id, run]));
  return [...all.values()].map((run) => serverRunView(run, account));
}
