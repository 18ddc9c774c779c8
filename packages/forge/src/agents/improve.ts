import type { Backend, Candidate } from "../session/backend.ts";
import { ForgeError } from "../session/errors.ts";
import { anchoredTiming } from "../stopwatch/anchored.ts";
import { machineRoofs } from "../stopwatch/machine-roofs.ts";
import { measure } from "../stopwatch/measure.ts";
import { type Bound, boundOf, type Roofs } from "../stopwatch/roofs.ts";
import type { Timing } from "../stopwatch/timing.ts";
import { timingInputs } from "../stopwatch/timing-inputs.ts";
import type { Dims, Task } from "../task/task.ts";
import type { Attempt, Coder, Judge } from "./attempt.ts";
import type { Budget } from "./budget.ts";
import { type Strategy, templateCoder } from "./coders/template-coder.ts";
import { nativeCounters } from "./counters/cpp-counters.ts";
import { timeCounters } from "./counters/time-counters.ts";
import type { History } from "./history.ts";
import { judgeVerifier } from "./judge-verifier.ts";
import { ruleJudge } from "./judges/rule-judge.ts";
import { type ForgeResult, runForge } from "./run-forge.ts";
import type { TemplateSpace } from "./templates/space.ts";
import { spaces, wgslSpaces } from "./templates/spaces.ts";

export interface ImproveOptions {
  readonly task: Task;
  readonly dims: Dims;
  readonly backend: Backend;
  /** Candidates that are compiled, verified and timed (30). */
  readonly evaluations?: number;
  readonly seed?: number;
  /** Of the template coder ("advised"). */
  readonly strategy?: Strategy;
  /** In the place of the template coder and the rules. */
  readonly coder?: Coder;
  readonly judge?: Judge;
  /** What speedups are over; the plain kernel of the task's templates by default. */
  readonly baseline?: Candidate;
  readonly budget?: Budget;
  readonly history?: History;
  /** Native code where it cannot be contained. */
  readonly unsafe?: boolean;
  readonly signal?: AbortSignal;
  readonly onRound?: (attempt: Attempt, best: Attempt | null) => void;
  readonly onProgress?: (fraction: number, doing: string) => void;
}

export interface Improvement extends ForgeResult {
  /** The best beside the baseline itself, measured at length; null without a correct candidate. */
  readonly final: Timing | null;
  readonly roofs: Roofs;
  readonly bound: Bound;
}

/** Back ends whose artifacts are machine code of this processor. */
const native = new Set(["cpp", "openmp", "openacc", "kokkos", "fortran"]);

/** The template space of a task in the language of a back end, if there is one. */
export const spaceFor = (
  task: Task,
  backend: Pick<Backend, "language">,
): TemplateSpace | undefined => {
  const space = (backend.language === "wgsl" ? wgslSpaces : spaces)[task.id];
  return space?.language === backend.language ? space : undefined;
};

/**
 * Searches for a fast kernel on this machine: templates advised by rules unless another Coder and
 * Judge are given; every candidate is verified by the judge and timed beside an anchor, and the best
 * at last beside the baseline. With the history of a run that was killed it goes on there.
 *
 * @throws ForgeError `ERR_NO_TEMPLATE` where the task has no templates and no coder or baseline is given.
 */
export async function improve(options: ImproveOptions): Promise<Improvement> {
  const { task, dims, backend, evaluations = 30, seed = 0, signal, onProgress, onRound } = options;
  const { unsafe = false, strategy = "advised" } = options;
  const space = spaceFor(task, backend);
  const baseline = options.baseline ?? (space ? space.render(space.start) : undefined);
  if (!baseline || (!space && !options.coder))
    throw new ForgeError(
      "ERR_NO_TEMPLATE",
      `${task.id} has no templates for ${backend.id} (in C++ there are those of ${Object.keys(spaces).join(", ")}; in WGSL those of ${Object.keys(wgslSpaces).join(", ")}): give a coder that asks a model, and a baseline`,
    );
  const within = signal ? { signal } : {};
  onProgress?.(0, "measuring this machine");
  const isNative = native.has(backend.id);
  const roofs = await machineRoofs(backend, within);
  const bound = boundOf(roofs, { flops: task.flops(dims), bytes: task.bytes(dims) });
  onProgress?.(0, "computing the reference");
  const large = task.flops(dims) > 1e9;
  const inputs = timingInputs(task, dims, { seed, sets: large ? 1 : 3 });
  const protocol = {
    backend,
    dims,
    inputs,
    roofs,
    renewRoofs: () => machineRoofs(backend, { ...within, again: true }),
    ...within,
  };
  const count = isNative
    ? nativeCounters({ task, dims, backend, roofs, unsafe, throughput: true })
    : undefined;
  let done = 0;
  const result = await runForge({
    task,
    dims,
    backend,
    hardware: roofs.hardware,
    rounds: 2 * evaluations,
    budget: { ...options.budget, evaluations },
    coder: options.coder ?? templateCoder(space!, { strategy, seed, horizon: evaluations }),
    judge: options.judge ?? ruleJudge({ bound }),
    verifier: judgeVerifier(task, backend, { seed }),
    timing: anchoredTiming(task, baseline, { ...protocol, pairs: [3, 7], precision: 0.1 }),
    counters: (candidate, timing, also) =>
      count ? count(candidate, timing, also) : timeCounters(task, dims, timing, roofs),
    ...(options.history && { history: options.history }),
    ...within,
    onRound(attempt, best) {
      const speed = best ? `, best ${best.timing!.speedup.toPrecision(3)}x` : "";
      onProgress?.(++done / (evaluations + 1), `candidate ${attempt.round + 1}${speed}`);
      onRound?.(attempt, best);
    },
  });
  const final = result.best && (await measure(task, result.best.proposal, baseline, protocol));
  return { ...result, final, roofs, bound };
}
