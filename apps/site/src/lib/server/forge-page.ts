import { FeedError } from "@daily-kernel/feed";
import type { Account } from "@daily-kernel/feed/node";
import type { KernelView } from "@daily-kernel/service";
import { error } from "@sveltejs/kit";
import { sentence } from "./forms.ts";
import { service } from "./service.ts";

/** A kernel of the leaderboard as the page shows it. */
export interface RankedKernel {
  readonly id: string;
  readonly by: string;
  readonly adapter: string;
  readonly medianNs: number;
  readonly grid: string;
  readonly source: string;
  readonly state: KernelView["state"];
  readonly bits: number | null;
  /** Why it is not listed. */
  readonly reason: string | null;
  readonly mine: boolean;
}

const ranked = (kernel: KernelView, account: Account | null): RankedKernel => {
  const { id, by, adapter, medianNs, grid, source, state, verdict, accountId } = kernel;
  const finding = verdict?.findings.find(({ severity }) => severity === "error");
  return {
    id,
    by,
    adapter,
    medianNs,
    grid,
    source,
    state,
    bits: verdict?.effectiveBits ?? null,
    reason: kernel.error ?? (finding ? `${finding.rule}: ${finding.evidence}` : null),
    mine: account !== null && (account.id === accountId || account.role === "moderator"),
  };
};

/** The tasks, the one that a reader chose and its leaderboard. @throws 404 with the nearest ids. */
export async function forgePage(id: string, account: Account | null) {
  // Read when the page is first asked for: 300 tasks are no part of a start of the server.
  const { kernelTask, taskIds } = await import("@daily-kernel/service/kernel-tasks");
  try {
    const task = kernelTask(id);
    const { kernels } = service();
    const listed = (await kernels.ranked(id)).map((kernel) => ranked(kernel, account));
    const own = account ? await kernels.own(id, account.id) : [];
    return {
      tasks: taskIds(),
      task,
      board: [...Map.groupBy(listed, ({ adapter }) => adapter)].map(([adapter, list]) => ({
        adapter,
        list,
      })),
      waiting: own
        .filter(({ state }) => state !== "accepted")
        .map((kernel) => ranked(kernel, account)),
    };
  } catch (thrown) {
    if (thrown instanceof FeedError) error(404, sentence(thrown.message));
    throw thrown;
  }
}
