import type { Rng } from "@daily-kernel/compute";
import {
  type Check,
  type Coder,
  type Judge,
  type Mode,
  plainTasks,
  type runForge,
} from "@daily-kernel/forge";
import { timing } from "./transcripts.ts";

/** Shares of candidates that do not compile and that compute something else. */
const BROKEN = 0.2;
const WRONG = 0.2;

/**
 * A Coder whose every change may leave a fault in the source, and that takes a fault out only when
 * it is told of one: whatever it improves it builds on the source that it has.
 */
function faultyCoder(rng: Rng): Coder {
  return {
    name: "faulty",
    async propose({ last, mode, advice, round }) {
      const before = last?.proposal.source ?? "";
      const repaired = mode === "correctness" && advice !== null ? clean(before) : before;
      const u = rng.spawn(round).uniform();
      const fault = u < BROKEN ? " #error" : u < BROKEN + WRONG ? " #wrong" : "";
      return { source: `${repaired} step${round}${fault}`, language: "cpp" };
    },
  };
}

const clean = (source: string) => source.replaceAll(/ #(error|wrong)/g, "");

const judge: Judge = {
  name: "plain",
  diagnose: async ({ mode }) => ({
    advice:
      mode === "correctness"
        ? {
            critical_issue: "a fault",
            why_it_matters: "it is wrong",
            minimal_fix_hint: "remove it",
          }
        : { bottleneck: "speed", optimisation_method: "another step", modification_plan: "go on" },
  }),
};

function check(source: string): Check {
  if (source.includes("#error")) return { outcome: "compile-error", log: "#error", verdict: null };
  if (source.includes("#wrong")) return { outcome: "rejected", log: "wrong", verdict: null };
  return { outcome: "accepted", log: "", verdict: null };
}

/** The share of runs of ten rounds that end with a correct kernel, when the Judge has these modes. */
export async function shareCorrect(
  loop: typeof runForge,
  modes: readonly Mode[],
  runs: number,
  rng: Rng,
): Promise<number> {
  let correct = 0;
  for (let run = 0; run < runs; run++) {
    const { best } = await loop({
      task: plainTasks[run % plainTasks.length]!,
      dims: [1],
      backend: { id: "cpp", language: "cpp" },
      coder: faultyCoder(rng.spawn(run)),
      judge,
      modes,
      verifier: async ({ source }) => check(source),
      timing: async ({ source }) => timing(source.split("step").length),
    });
    if (best) correct++;
  }
  return correct / runs;
}
