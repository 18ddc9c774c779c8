import {
  allPoints,
  boundOf,
  type Candidate,
  type Counters,
  defaultLimits,
  measure,
  measureRoofs,
  rejecting,
  sideBySide,
  type Timing,
  type TimingInputs,
  timeCounters,
  timingInputs,
  verifyCandidate,
} from "@daily-kernel/forge";
import type { Workshop } from "./kernels.ts";
import type { Problem } from "./problems.ts";

type NativeForge = typeof import("@daily-kernel/forge/node");

/** g++ and this machine, or why there is none. */
export async function nativeWorkshop(signal: AbortSignal): Promise<Workshop | string> {
  if (!("process" in globalThis)) return "a C++ compiler, which no browser has";
  // A name in a variable is not followed by a bundler: the page does without this module.
  const name = "@daily-kernel/forge/node";
  const { cpp, nativeCounters } = (await import(/* @vite-ignore */ name)) as NativeForge;
  const backend = cpp();
  const probe = await backend.probe();
  if (!probe.available) return `${probe.reason}${probe.remedy ? `; ${probe.remedy}` : ""}`;
  // The kernels have one thread: a point for each cache and one for memory.
  const roofs = await measureRoofs(backend, { footprints: [24e3, 384e3, 6e6, 48e6], signal });
  const drawn = new Map<string, TimingInputs>();
  const inputsOf = ({ name: key, task, dims }: Problem) => {
    const inputs = drawn.get(key) ?? timingInputs(task, dims, { sets: 1 });
    drawn.set(key, inputs);
    return inputs;
  };
  const listed = new Map<string, Promise<Counters>>();
  let count: ReturnType<typeof nativeCounters> | undefined;
  /** What stands in the machine code, which is the same at all sizes. */
  const countersOf = (problem: Problem, candidate: Candidate, timing: Timing) => {
    count ??= nativeCounters({ task: problem.task, dims: problem.dims, backend });
    const known = listed.get(candidate.source) ?? count(candidate, timing, { signal });
    listed.set(candidate.source, known);
    return known;
  };
  return {
    hardware: roofs.hardware,
    async compile(problems, breathe) {
      const all = problems.flatMap(({ space }) =>
        allPoints(space).map((point) => space.render(point)),
      );
      const sources = [...new Map(all.map((candidate) => [candidate.source, candidate])).values()];
      let done = 0;
      const jobs = sources.map((candidate) => async () => {
        await backend.compile(candidate, { limits: defaultLimits, signal });
        await breathe(++done / sources.length);
      });
      await sideBySide(jobs, 2);
    },
    bound: ({ task, dims }) => boundOf(roofs, { flops: task.flops(dims), bytes: task.bytes(dims) }),
    async measure(problem, point) {
      const { task, dims, space } = problem;
      const candidate = space.render(point);
      const timing = await measure(task, candidate, space.render(space.start), {
        backend,
        dims,
        inputs: inputsOf(problem),
        pairs: [3, 3],
        signal,
      });
      if (timing.flags.some((flag) => rejecting.has(flag))) return null;
      const counters = await countersOf(problem, candidate, timing);
      return { timing, counters: { ...counters, ...timeCounters(task, dims, timing, roofs) } };
    },
    verify: async ({ task }, candidate) =>
      (await verifyCandidate(task, candidate, backend, { signal })).accepted,
  };
}
