import { checkType, domainError } from "@daily-kernel/compute";
import type { Advice } from "./advice.ts";
import type { Attempt, Coder, CoderContext, Judge, Problem, Proposal } from "./attempt.ts";
import { addUsage, checkBudget, exhausted, noUsage } from "./budget.ts";
import { memoryHistory, Recorder } from "./history.ts";
import { Bench, type ForgeResult, type Stopped, type Workbench } from "./run-forge.ts";
import { type SoftResult, type SoftVerifier, softVerify } from "./soft-verify.ts";

/** What a proposer knows beyond a Coder: the survivors, and what this generation has proposed so far. */
export interface ProposerContext extends CoderContext {
  readonly generation: number;
  /** Verified kernels by speed, the fastest first. */
  readonly survivors: readonly Attempt[];
  /** What was proposed before in this generation; a new proposal should differ. */
  readonly siblings: readonly Proposal[];
}

export interface Proposer {
  readonly name: string;
  propose(context: ProposerContext): Promise<Proposal>;
}

export interface EvolveOptions extends Workbench {
  /** Taken in turns: several models, or one at several temperatures. */
  readonly proposers: readonly (Proposer | Coder)[];
  /** Survivors that are kept and shown (4). */
  readonly population?: number;
  readonly generations?: number;
  /** Proposals of a generation (4). */
  readonly samples?: number;
  /** Says of the fastest survivor what to improve; shown to all proposers. */
  readonly judge?: Judge;
  /** Votes before anything runs; proposals below `threshold` (0.6) are not evaluated. */
  readonly softVerifiers?: readonly SoftVerifier[];
  readonly threshold?: number;
  readonly onGeneration?: (generation: number, survivors: readonly Attempt[]) => void;
}

export interface Evolution extends ForgeResult {
  readonly survivors: readonly Attempt[];
  /** Proposals that the soft verifiers kept from the judge. */
  readonly held: number;
}

/**
 * Evolutionary search (Robust-KBench, section 3): each generation proposes several kernels one after
 * the other, each asked to differ from those before it and shown the fastest so far; what soft
 * verifiers let pass is verified and timed; the fastest survive. All steps are events of `history`,
 * as in `runForge`.
 */
export async function evolve(options: EvolveOptions): Promise<Evolution> {
  const { task, dims, backend, proposers, population = 4, generations = 10, samples = 4 } = options;
  const { threshold = 0.6, softVerifiers = [], judge, budget = {}, price = () => 0 } = options;
  const { signal, onGeneration } = options;
  checkType(proposers?.length > 0, "evolve", "proposers", "not empty", proposers);
  for (const [name, value] of Object.entries({ population, samples }))
    if (!(Number.isInteger(value) && value >= 1))
      throw domainError(`evolve: ${name} must be a whole number >= 1, got ${value}`);
  checkBudget("evolve", budget);
  const history = options.history ?? memoryHistory();
  const recorder = new Recorder(history, options.now ?? (() => performance.now()));
  const bench = new Bench(options, recorder);
  const about: Problem & { signal?: AbortSignal } = {
    task,
    dims,
    backend: backend.id,
    language: backend.language,
    hardware: options.hardware ?? backend.id,
    ...(signal && { signal }),
  };
  const attempts: Attempt[] = [];
  let survivors: readonly Attempt[] = [];
  let usage = noUsage;
  let held = 0;
  let asked = 0;
  let stopped: Stopped = "rounds";
  const limit = () =>
    exhausted(budget, {
      evaluations: bench.evaluations,
      seconds: recorder.elapsed,
      usage,
      cost: price(usage),
    });
  await recorder.step("start", 0, () => ({
    task: task.id,
    dims,
    backend: backend.id,
    proposers: proposers.map(({ name }) => name),
  }));
  search: for (let generation = 0; generation < generations; generation++) {
    const parent = survivors[0] ?? null;
    let advice: Advice | null = null;
    if (judge && parent) {
      const diagnosis = await recorder.step("advice", asked, () =>
        judge.diagnose({ ...about, mode: "optimisation", last: parent }),
      );
      advice = diagnosis.advice;
      usage = addUsage(usage, diagnosis.usage);
    }
    const siblings: Proposal[] = [];
    for (let sample = 0; sample < samples; sample++) {
      signal?.throwIfAborted();
      const reached = limit();
      if (reached !== null) {
        stopped = reached;
        break search;
      }
      const round = asked++;
      const proposer = proposers[round % proposers.length]!;
      const mode = parent ? "optimisation" : "seed";
      const proposal = await recorder.step<Proposal>("proposal", round, () =>
        proposer.propose({
          ...about,
          round,
          mode,
          last: parent,
          advice,
          attempts,
          generation,
          survivors,
          siblings,
        }),
      );
      usage = addUsage(usage, proposal.usage);
      siblings.push(proposal);
      if (softVerifiers.length > 0) {
        const soft = await recorder.step<SoftResult>("soft", round, () =>
          softVerify(softVerifiers, proposal, about, signal ? { signal } : {}),
        );
        usage = addUsage(usage, soft.usage);
        if (soft.score < threshold) {
          held++;
          continue;
        }
      }
      attempts.push(await bench.evaluate(round, mode, proposal, attempts));
    }
    survivors = fastest(attempts, population);
    onGeneration?.(generation, survivors);
  }
  survivors = fastest(attempts, population);
  await recorder.step("end", asked, () => ({ stopped, best: survivors[0]?.round ?? null }));
  return {
    best: survivors[0] ?? null,
    survivors,
    attempts,
    held,
    history: [...history.events],
    stopped,
    evaluations: bench.evaluations,
    seconds: recorder.elapsed,
    usage,
    cost: price(usage),
  };
}

/** The fastest correct kernels, each source once. */
const fastest = (attempts: readonly Attempt[], count: number): Attempt[] =>
  attempts
    .filter(({ correct, repeats }) => correct && repeats === null)
    .toSorted((a, b) => b.timing!.speedup - a.timing!.speedup)
    .slice(0, count);
