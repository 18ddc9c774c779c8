// A process that verifies one kernel on the software adapter for `verify-child.ts`. It is told what
// to verify by its first message, and sends the verdict or the error.
import { parseGrid, tasks, verifyCandidate } from "@daily-kernel/forge";
import { backendById } from "@daily-kernel/forge/node";
import type { VerifyAnswer, VerifyTask } from "./verify-child.ts";

/** Of a kernel's calls, compilation and device. */
const limits = { callTimeout: 10_000, compileTimeout: 30_000, memory: 2 ** 30 };

// The parent is gone: nobody waits for the verdict.
process.on("disconnect", () => process.exit(1));

async function verify({ task, grid, source }: VerifyTask): Promise<VerifyAnswer> {
  const backend = backendById("wgsl", {});
  const probe = await backend.probe();
  if (!probe.available) return { error: `this server cannot verify WGSL: ${probe.reason}` };
  const candidate = { source, grid: parseGrid(grid) };
  // The master seed is drawn here, and is in no answer: nobody can write a kernel for it.
  const verdict = await verifyCandidate(tasks.get(task), candidate, backend, { limits });
  const { accepted, findings, worstError, effectiveBits, calls } = verdict;
  return {
    verdict: {
      accepted,
      findings,
      worstError: Number.isFinite(worstError) ? worstError : null,
      effectiveBits,
      calls,
      adapter: probe.hardware,
    },
  };
}

process.once("message", (task: VerifyTask) => {
  verify(task)
    .catch(
      (error: unknown): VerifyAnswer => ({
        error: error instanceof Error ? error.message : String(error),
      }),
    )
    .then((answer) => process.send!(answer));
});
