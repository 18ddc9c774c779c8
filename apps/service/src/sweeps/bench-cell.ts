import { measure, rejecting, tasks, verifyCandidate } from "@daily-kernel/forge";
import { backendById, machineRoofs } from "@daily-kernel/forge/node";
import type { BenchRequest, CellTask } from "./cell-messages.ts";
import type { BenchResult } from "./cell-result.ts";
import type { CellTools } from "./serve-cell.ts";

/** Verifies a kernel and, if the judge accepts it, times it beside its baseline. */
export async function benchCell(
  { task: id, backend: backendId, seed, machine }: CellTask,
  { dims, kernel, baseline }: BenchRequest,
  { onProgress }: Pick<CellTools, "onProgress">,
): Promise<BenchResult> {
  const task = tasks.get(id);
  const backend = backendById(backendId);
  // The judge's own seed is drawn here and is in no answer: nobody can write a kernel for it.
  const { accepted, findings } = await verifyCandidate(task, kernel, backend, {
    onProgress: (done, doing) => onProgress(done / 2, doing),
  });
  if (!accepted) return { kind: "bench", machine, dims, accepted, findings, timing: null };
  onProgress(0.5, "timing");
  // The kernels that measure roofs are C++.
  const roofs = backend.language === "cpp" ? await machineRoofs(backend) : null;
  const timing = await measure(task, kernel, baseline, {
    backend,
    dims,
    seed,
    ...(roofs && { roofs, renewRoofs: () => machineRoofs(backend, { again: true }) }),
    onProgress: (done) => onProgress(0.5 + done / 2, "timing"),
  });
  const refused = timing.flags.some((flag) => rejecting.has(flag));
  return { kind: "bench", machine, dims, accepted: !refused, findings, timing };
}
