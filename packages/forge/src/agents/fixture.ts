import type { Timing } from "../stopwatch/timing.ts";
import { plainTasks } from "../tasks/plain/index.ts";
import type { Advice } from "./advice.ts";
import type { Check, Coder, CoderContext, Judge, JudgeContext, Proposal } from "./attempt.ts";
import type { ForgeOptions } from "./run-forge.ts";

/** A timing that says so much speedup. */
export const timingOf = (speedup: number, flags: Timing["flags"] = []): Timing => ({
  clock: "wall",
  medianNs: 1000 / speedup,
  iqrNs: 1,
  fastestNs: 1000 / speedup,
  ci95: [1000 / speedup, 1000 / speedup],
  baselineMedianNs: 1000,
  speedup,
  speedupCI: [speedup, speedup],
  samples: 5,
  cold: false,
  rooflineFraction: 0.5,
  flags,
});

export const accepted: Check = { outcome: "accepted", log: "", verdict: null };

export const fix: Advice = {
  critical_issue: "it is wrong",
  why_it_matters: "wrong kernels count nothing",
  minimal_fix_hint: "make it right",
};
export const speedUp: Advice = {
  bottleneck: "it is slow",
  optimisation_method: "use vectors",
  modification_plan: "write vectors",
};

/** A source whose text says how it fares: `ok 3.5`, `wrong`, `broken`, `crash`, `trick 900`. */
export const kernelThat = (fate: string): Proposal => ({ source: `// ${fate}\n`, language: "cpp" });

const fateOf = (source: string) => source.slice(3).trim();

interface Calls {
  readonly log: string[];
  readonly coder: CoderContext[];
  readonly judge: JudgeContext[];
}

/** A run whose Coder hands in these fates one after the other, with everything that was called. */
export function scripted(fates: readonly string[], options: Partial<ForgeOptions> = {}) {
  const calls: Calls = { log: [], coder: [], judge: [] };
  const coder: Coder = {
    name: "scripted",
    async propose(context) {
      calls.log.push(`coder ${context.round} ${context.mode}`);
      calls.coder.push({ ...context, attempts: [...context.attempts] });
      return {
        ...kernelThat(fates[context.round]!),
        usage: { inputTokens: 100, outputTokens: 10 },
      };
    },
  };
  const judge: Judge = {
    name: "scripted",
    async diagnose(context) {
      calls.log.push(`judge ${context.mode} of ${context.last.round}`);
      calls.judge.push(context);
      const advice = context.mode === "correctness" ? fix : speedUp;
      return { advice, usage: { inputTokens: 5, outputTokens: 5 } };
    },
  };
  let time = 0;
  const task = plainTasks[0]!;
  const forge: ForgeOptions = {
    task,
    dims: [64],
    backend: { id: "cpp", language: "cpp" },
    rounds: fates.length,
    coder,
    judge,
    now: () => time++,
    async verifier({ source }) {
      const fate = fateOf(source);
      calls.log.push(`verify ${fate}`);
      if (fate === "broken") return { outcome: "compile-error", log: "line 1: no", verdict: null };
      if (fate === "crash") return { outcome: "crashed", log: "SIGSEGV", verdict: null };
      if (fate === "wrong") return { outcome: "rejected", log: "element 3", verdict: null };
      return accepted;
    },
    async timing({ source }) {
      const fate = fateOf(source);
      calls.log.push(`time ${fate}`);
      return timingOf(Number(fate.split(" ")[1]), fate.startsWith("trick") ? ["implausible"] : []);
    },
    counters: (_candidate, timing) => ({ nanoseconds: timing.medianNs }),
    ...options,
  };
  return { forge, calls };
}
