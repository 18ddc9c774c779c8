import { runReport, tasks } from "@daily-kernel/forge";
import { backendById, improve } from "@daily-kernel/forge/node";
import type { CellTask, ImproveRequest } from "./cell-messages.ts";
import type { ImproveResult } from "./cell-result.ts";
import type { CellTools } from "./serve-cell.ts";
import { triedCandidates } from "./tried-candidates.ts";

/** Searches for a fast kernel, from the step on that is not kept yet. */
export async function improveCell(
  { task: id, backend: backendId, seed, machine, events }: CellTask,
  { dims, evaluations, strategy }: ImproveRequest,
  { history, onProgress }: CellTools,
): Promise<ImproveResult> {
  const task = tasks.get(id);
  const backend = backendById(backendId);
  const result = await improve({
    task,
    dims,
    backend,
    evaluations,
    strategy,
    seed,
    history,
    onProgress,
  });
  const { best, final, roofs } = result;
  const attempts = triedCandidates(result.attempts, history.events, { machine, events });
  const machines = [...new Set([...attempts.map((attempt) => attempt.machine), machine])];
  const report = runReport({ task, dims, backend: backend.id, result, roofs, final });
  return {
    kind: "improve",
    machine,
    dims,
    evaluations: result.evaluations,
    stopped: result.stopped,
    seconds: result.seconds,
    final,
    best: best && {
      round: best.round,
      source: best.proposal.source,
      flags: best.proposal.flags ?? [],
      point: best.proposal.point ?? null,
    },
    attempts,
    report: {
      ...report,
      facts: {
        ...report.facts,
        "measured on": machine,
        ...(machines.length > 1 && {
          "searched on": `${machines.join("; then ")}: times of candidates are those of the machine that each was on`,
        }),
      },
    },
  };
}
