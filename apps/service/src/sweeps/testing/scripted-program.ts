// The program of a cell in tests: the real loop, history and template coder; what is verified and
// timed is made up from the candidate's source, so that two runs can be compared to the letter.
import { runForge, spaces, type Timing, tasks, templateCoder } from "@daily-kernel/forge";
import type { ImproveRequest } from "../cell-messages.ts";
import { serveCell } from "../serve-cell.ts";
import { triedCandidates } from "../tried-candidates.ts";

/** What a test asks of it besides. */
export interface ScriptedRequest extends ImproveRequest {
  /** Of the first worker's: in which check the process (`self`) or its worker is killed. */
  readonly kill?: { readonly who: "self" | "worker"; readonly check: number };
  readonly ending?: "never" | "error";
}

const timingOf = (source: string): Timing => ({
  clock: "wall",
  medianNs: 1e9 / source.length,
  iqrNs: 0,
  fastestNs: 1e9 / source.length,
  ci95: [1, 1],
  baselineMedianNs: 1e9,
  speedup: source.length,
  speedupCI: [source.length, source.length],
  samples: 5,
  cold: false,
  rooflineFraction: null,
  flags: [],
});

serveCell(async (task, { history, onProgress }) => {
  const request = task.request as ScriptedRequest;
  const { evaluations, kill, ending, dims } = request;
  onProgress(0.5, "working");
  if (ending === "error") throw new Error("the cell stumbled");
  if (ending === "never") await new Promise(() => setInterval(() => {}, 1000));
  let checks = 0;
  const result = await runForge({
    task: tasks.get(task.task),
    dims,
    backend: { id: "cpp", language: "cpp" },
    rounds: 2 * evaluations,
    budget: { evaluations },
    coder: templateCoder(spaces.relu!, { strategy: "random", seed: task.seed }),
    judge: {
      name: "scripted",
      diagnose: async () => ({
        advice: { bottleneck: "none", optimisation_method: "none", modification_plan: "none" },
      }),
    },
    async verifier() {
      if (kill && task.events.length === 0 && ++checks === kill.check) {
        process.kill(kill.who === "self" ? process.pid : process.ppid, "SIGKILL");
        await new Promise(() => setInterval(() => {}, 1000));
      }
      return { outcome: "accepted", log: "", verdict: null };
    },
    timing: async ({ source }) => timingOf(source),
    history,
    now: () => 0,
  });
  const { best } = result;
  return {
    kind: "improve",
    machine: task.machine,
    dims,
    evaluations: result.evaluations,
    stopped: result.stopped,
    seconds: result.seconds,
    final: best?.timing ?? null,
    best: best && { round: best.round, source: best.proposal.source, flags: [], point: null },
    attempts: triedCandidates(result.attempts, history.events, task),
    report: { title: "", facts: {}, figures: [], rows: [], lineage: [], source: null },
  };
});
