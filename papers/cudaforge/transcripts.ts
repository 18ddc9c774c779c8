import {
  type Attempt,
  type Candidate,
  type Check,
  type Coder,
  type ForgeOptions,
  type Judge,
  plainTasks,
  type runForge,
  type Timing,
} from "@daily-kernel/forge";

/** What candidates do, one a round: `ok` with a speedup, or how they fail. */
type Fate = number | "broken" | "crash" | "wrong" | "trick";

interface Transcript {
  readonly fates: readonly Fate[];
  /** Every call in order: c Coder, d Judge on correctness, o Judge on speed, v verifier, t stopwatch. */
  readonly calls: string;
  readonly best: number | null;
  readonly options?: Partial<ForgeOptions>;
}

/** By hand from section 3 of the paper; a fate that comes again is the same source again. */
const transcripts: readonly Transcript[] = [
  { fates: [], calls: "", best: null },
  { fates: [2], calls: "cvt", best: 0 },
  { fates: ["broken", "wrong", 2, 5, 3], calls: "cv dcv dcvt ocvt ocvt", best: 3 },
  { fates: ["crash", "broken", "wrong"], calls: "cv dcv dcv", best: null },
  { fates: [9, 2, "wrong", 3], calls: "cvt ocvt ocv dcvt", best: 0 },
  { fates: [2, "trick", 4], calls: "cvt ocvt dcvt", best: 2 },
  { fates: [1, 2, 3, 4], calls: "cvt ocvt", best: 1, options: { budget: { evaluations: 2 } } },
  { fates: ["wrong", 2, 3], calls: "cv dcvt cvt", best: 2, options: { modes: ["correctness"] } },
  { fates: ["wrong", 2, 3], calls: "cv cvt ocvt", best: 2, options: { modes: ["optimisation"] } },
  { fates: [3, 3, 5], calls: "cvt oc ocvt", best: 2 },
];

/** How many transcripts there are, and by how many a loop makes the calls and gives the result. */
export async function followed(loop: typeof runForge): Promise<{ right: number; n: number }> {
  let right = 0;
  for (const transcript of transcripts) if (await follows(loop, transcript)) right++;
  return { right, n: transcripts.length };
}

async function follows(
  loop: typeof runForge,
  { fates, calls, best, options = {} }: Transcript,
): Promise<boolean> {
  let log = "";
  const told: Attempt[] = [];
  const coder: Coder = {
    name: "transcript",
    async propose({ round, last }) {
      log += "c";
      if (last) told.push(last);
      return { source: String(fates[round]), language: "cpp" };
    },
  };
  const judge: Judge = {
    name: "transcript",
    async diagnose({ mode, last }) {
      log += mode === "correctness" ? "d" : "o";
      told.push(last);
      return {
        advice:
          mode === "correctness"
            ? { critical_issue: "x", why_it_matters: "x", minimal_fix_hint: "x" }
            : { bottleneck: "x", optimisation_method: "x", modification_plan: "x" },
      };
    },
  };
  const result = await loop({
    task: plainTasks[0]!,
    dims: [1],
    backend: { id: "cpp", language: "cpp" },
    rounds: fates.length,
    coder,
    judge,
    verifier: async (candidate) => {
      log += "v";
      return check(candidate);
    },
    timing: async ({ source }) => {
      log += "t";
      return source === "trick" ? timing(1000, ["implausible"]) : timing(Number(source));
    },
    ...options,
  });
  const wanted = calls.replaceAll(" ", "");
  // Coder and Judge are always shown the candidate of the round before.
  const rounds = told.map(({ round }) => round);
  const inOrder = rounds.every(
    (round, i) => i === 0 || round === rounds[i - 1] || round === rounds[i - 1]! + 1,
  );
  return log === wanted && (result.best?.round ?? null) === best && inOrder;
}

function check({ source }: Candidate): Check {
  const log = source;
  if (source === "broken") return { outcome: "compile-error", log, verdict: null };
  if (source === "crash") return { outcome: "crashed", log, verdict: null };
  if (source === "wrong") return { outcome: "rejected", log, verdict: null };
  return { outcome: "accepted", log: "", verdict: null };
}

/** A timing that says so much speedup. */
export const timing = (speedup: number, flags: Timing["flags"] = []): Timing => ({
  clock: "wall",
  medianNs: 1e6 / speedup,
  iqrNs: 0,
  fastestNs: 1e6 / speedup,
  ci95: [1e6 / speedup, 1e6 / speedup],
  baselineMedianNs: 1e6,
  speedup,
  speedupCI: [speedup, speedup],
  samples: 5,
  cold: false,
  rooflineFraction: null,
  flags,
});
