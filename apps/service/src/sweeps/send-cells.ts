import type { CellKey } from "@daily-kernel/feed/node";
import type { Jobs } from "../jobs/jobs.ts";
import { forgeQueue } from "../jobs/queues.ts";

/** Puts cells that wait in the queues of their back ends, but for those that are there. */
export async function sendCells(
  jobs: Pick<Jobs, "waiting" | "send">,
  cells: readonly (CellKey & { readonly backend: string })[],
): Promise<void> {
  for (const [backend, waiting] of Map.groupBy(cells, (cell) => cell.backend)) {
    const queue = forgeQueue(backend);
    const nameOf = ({ sweepId, position }: CellKey) => `${sweepId} ${position}`;
    const sent = new Set((await jobs.waiting<CellKey>(queue)).map(nameOf));
    for (const { sweepId, position } of waiting)
      if (!sent.has(nameOf({ sweepId, position }))) await jobs.send(queue, { sweepId, position });
  }
}
