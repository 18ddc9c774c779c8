import type { Bound } from "../../stopwatch/roofs.ts";
import type { CorrectnessAdvice, OptimisationAdvice } from "../advice.ts";
import type { Counters, Judge } from "../attempt.ts";
import type { Method } from "../templates/methods.ts";

interface Rule {
  readonly when: (c: Counters, bound: Bound | null) => boolean;
  readonly method: Method;
  readonly bottleneck: (c: Counters) => string;
  readonly plan: string;
}

const of = (c: Counters, name: string, otherwise: number) => c[name] ?? otherwise;
const percent = (share: number) => `${Math.round(100 * share)} %`;

/**
 * The rules in the order in which they are tried. A rule whose counters are missing does not apply;
 * the first that does, and whose method the round before did not just try in vain, is the advice.
 */
const rules: readonly Rule[] = [
  {
    when: (c) => of(c, "spills", 0) > 8,
    method: "shrink the register tile",
    bottleneck: (c) => `${c.spills} registers are spilled in the hottest loop`,
    plan: "Hold fewer accumulators at a time, so that all of them stay in registers.",
  },
  {
    when: (c) => of(c, "libraryCalls", 0) > 0,
    method: "replace the library call",
    bottleneck: (c) => `${c.libraryCalls} calls of scalar library functions in the loops`,
    plan: "Compute the function by a polynomial on whole vectors, accurate to the bound.",
  },
  {
    when: (c) => of(c, "packedShare", 1) < 0.5,
    method: "use vectors",
    bottleneck: (c) => `Only ${percent(c.packedShare!)} of the arithmetic is packed`,
    plan: "Write the inner loop with explicit vectors along the contiguous axis.",
  },
  {
    when: (c) => of(c, "vectorBits", 512) < of(c, "machineVectorBits", 0),
    method: "widen vectors",
    bottleneck: (c) => `Vectors of ${c.vectorBits} bits on a machine of ${c.machineVectorBits}`,
    plan: "Use the machine's full vector width.",
  },
  {
    when: (c) => of(c, "mcaWaiting", 1) > 1.5 && of(c, "loopFlops", 0) > 0,
    method: "unroll",
    bottleneck: (c) =>
      `An iteration takes ${c.mcaCycles!.toFixed(1)} cycles, ${c.mcaWaiting!.toFixed(1)} times what its units need: results are waited for`,
    plan: "Unroll the inner loop over independent accumulators, so that chains overlap.",
  },
  {
    when: (c, bound) => bound?.by === "arithmetic" && of(c, "flopsPerLoad", 99) < 2.1,
    method: "enlarge the register tile",
    bottleneck: (c) => `${c.flopsPerLoad!.toFixed(1)} vector operations for each vector load`,
    plan: "Hold a larger tile of the output in registers, so that a load serves more operations.",
  },
  {
    when: (c, bound) =>
      bound?.by === "arithmetic" && of(c, "roofShare", 1) < 0.95 && of(c, "stridedPointers", 0) > 0,
    method: "pack operands",
    bottleneck: (c) => `${percent(c.roofShare!)} of the arithmetic roof with strided operands`,
    plan: "Copy the reused operand into contiguous panels of the tile's width first.",
  },
  {
    when: (c, bound) => bound?.by === "arithmetic" && of(c, "roofShare", 1) < 0.8,
    method: "block for the cache",
    bottleneck: (c) => `${percent(c.roofShare!)} of the arithmetic roof: operands come from afar`,
    plan: "Cut the loop over the reduced axis into blocks that stay in the second-level cache.",
  },
  {
    when: (c, bound) =>
      bound?.by === "memory" && of(c, "megabytes", 0) > 16 && of(c, "streamedStores", 1) === 0,
    method: "stream stores",
    bottleneck: (c) =>
      `${Math.round(c.megabytes!)} MB go through the caches and are not used again`,
    plan: "Store past the caches, so that lines are not read before they are overwritten.",
  },
  {
    when: (c, bound) => bound?.by === "memory" && of(c, "megabytes", 0) > 16,
    method: "prefetch",
    bottleneck: (c) => `${percent(of(c, "roofShare", 0))} of the memory roof`,
    plan: "Ask for lines some hundred bytes ahead.",
  },
  {
    when: () => true,
    method: "unroll",
    bottleneck: (c) => `Latency: ${percent(of(c, "roofShare", 0))} of the roof is reached`,
    plan: "Unroll the inner loop over independent accumulators.",
  },
];

interface Options {
  /** The roofline bound of the work at hand. */
  readonly bound?: Bound | null;
  /** The counters that it may see (all). */
  readonly sees?: readonly string[];
}

/**
 * A Judge without a model: rules over counters and the roofline. Memory bound: vectors, streaming
 * stores, prefetching; arithmetic bound: width, register tile, packing, blocking; spills: a smaller
 * tile; otherwise latency: unrolling. Of candidates that are not correct it names the first finding.
 */
export function ruleJudge({ bound = null, sees }: Options = {}): Judge {
  const visible = (counters: Counters): Counters =>
    sees
      ? Object.fromEntries(Object.entries(counters).filter(([name]) => sees.includes(name)))
      : counters;
  return {
    name: `rules${sees ? ` (${sees.length} counters)` : ""}`,
    async diagnose({ mode, last }) {
      if (mode === "correctness") return { advice: correction(last.check.outcome, last.check.log) };
      const counters = visible(last.counters ?? {});
      const rule = rules.find(({ when }) => when(counters, bound))!;
      const advice: OptimisationAdvice = {
        bottleneck: rule.bottleneck(counters),
        optimisation_method: rule.method,
        modification_plan: rule.plan,
      };
      return { advice };
    },
  };
}

function correction(outcome: string, log: string): CorrectnessAdvice {
  const line = log.split("\n").find((text) => /error|:/.test(text)) ?? outcome;
  const words = (text: string, most: number) => text.split(/\s+/).slice(0, most).join(" ");
  return {
    critical_issue: words(`${outcome}: ${line}`, 20),
    why_it_matters: "A kernel that is not correct is not timed, and its speed counts nothing.",
    minimal_fix_hint: "Go back to the last version that was correct and change less at once.",
  };
}
