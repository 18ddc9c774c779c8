import { Rng } from "@daily-kernel/compute";
import {
  type Bound,
  type Judge,
  mean,
  methods,
  replayJudge,
  ruleJudge,
  runForge,
  type Strategy,
  templateCoder,
} from "@daily-kernel/forge";
import type { Table, Workshop } from "./kernels.ts";
import type { Problem } from "./problems.ts";

/** A way to search: how templates are chosen, and who judges. */
export interface Method {
  readonly label: string;
  readonly strategy: Strategy;
  readonly judge: (bound: Bound, seed: number) => Judge;
}

/** Strategies without advice still have a Judge in the loop, which says nothing of use. */
const mute: Judge = {
  ...replayJudge([]),
  diagnose: async () => ({
    advice: { bottleneck: "unknown", optimisation_method: "any", modification_plan: "try" },
  }),
};

export const random: Method = { label: "random", strategy: "random", judge: () => mute };
export const hillClimb: Method = {
  label: "hill climb",
  strategy: "hill-climb",
  judge: () => mute,
};
export const annealing: Method = { label: "annealing", strategy: "anneal", judge: () => mute };
/** Advice that looks at nothing: what the templates' own steps are worth without counters. */
export const lots: Method = {
  label: "random advice",
  strategy: "advised",
  judge: (_bound, seed) => {
    const rng = new Rng(seed, "advice");
    const method = () => methods[rng.integer(methods.length)]!;
    return {
      ...mute,
      diagnose: async () => ({
        advice: { bottleneck: "?", optimisation_method: method(), modification_plan: "try" },
      }),
    };
  },
};
export const rules: Method = {
  label: "rules and counters",
  strategy: "advised",
  judge: (bound) => ruleJudge({ bound }),
};

/** The best speedup after each evaluation, and where it was found. */
export interface Search {
  readonly best: readonly number[];
  readonly source: string;
}

/** One search of a problem; kernels come from the table. */
export async function search(
  problem: Problem,
  method: Method,
  options: { table: Table; workshop: Workshop; evaluations: number; seed: number },
): Promise<Search> {
  const { table, workshop, evaluations, seed } = options;
  const { task, dims, space } = problem;
  const bound = workshop.bound(problem);
  const best: number[] = [];
  const kernels = new Map<string, ReturnType<Table["kernel"]>>();
  const coder = templateCoder(space, { strategy: method.strategy, seed, horizon: evaluations });
  const kernel = (source: string) => kernels.get(source)!;
  const result = await runForge({
    task,
    dims,
    backend: { id: "cpp", language: space.language },
    rounds: evaluations,
    coder: {
      name: coder.name,
      async propose(context) {
        const proposal = await coder.propose(context);
        kernels.set(proposal.source, table.kernel(problem, proposal.point!));
        return proposal;
      },
    },
    judge: method.judge(bound, seed),
    verifier: async ({ source }) =>
      (await kernel(source))
        ? { outcome: "accepted", log: "", verdict: null }
        : { outcome: "rejected", log: "wrong while timed", verdict: null },
    timing: async ({ source }) => (await kernel(source))!.timing,
    counters: async ({ source }) => (await kernel(source))!.counters,
    onRound: (_attempt, found) => {
      best.push(found?.timing?.speedup ?? 0);
    },
  });
  return { best, source: result.best?.proposal.source ?? "" };
}

/** Mean over problems of the best speedup after so many evaluations, for each seed. */
export const bySeed = (searches: readonly (readonly Search[])[], evaluations: number): number[] =>
  searches.map((ofSeed) => mean(ofSeed.map(({ best }) => best[evaluations - 1]!)));
