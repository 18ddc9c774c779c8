import { checkType, domainError } from "@daily-kernel/compute";
import type { Backend, Candidate } from "../session/backend.ts";
import { CandidateCompileError, SessionEnded } from "../session/errors.ts";
import { rejecting, type Timing } from "../stopwatch/timing.ts";
import type { Dims, Task } from "../task/task.ts";
import type { Advice, Mode } from "./advice.ts";
import {
  type Attempt,
  type Check,
  type Coder,
  type Counters,
  type Diagnosis,
  type Judge,
  type Proposal,
  tail,
  type Usage,
} from "./attempt.ts";
import { addUsage, type Budget, checkBudget, exhausted, noUsage } from "./budget.ts";
import { type Event, type History, memoryHistory, Recorder } from "./history.ts";

interface Within {
  readonly signal?: AbortSignal;
}

/** Everything around Coder and Judge that `evolve` needs as well. */
export interface Workbench {
  readonly task: Task;
  readonly dims: Dims;
  readonly backend: Pick<Backend, "id" | "language">;
  /** One line about the machine, for the prompts. */
  readonly hardware?: string;
  /** Whether a candidate computes the task (`judgeVerifier` asks the judge). */
  readonly verifier: (candidate: Candidate, within: Within) => Promise<Check>;
  /** How fast an accepted candidate is (`stopwatchTiming` asks the stopwatch). */
  readonly timing: (candidate: Candidate, within: Within) => Promise<Timing>;
  /** What can be counted of an accepted candidate; a Judge reads it. */
  readonly counters?: (
    candidate: Candidate,
    timing: Timing,
    within: Within,
  ) => Promise<Counters> | Counters;
  readonly budget?: Budget;
  /** What tokens cost. */
  readonly price?: (usage: Usage) => number;
  /** Kept somewhere, a run goes on where it was killed, or is replayed. */
  readonly history?: History;
  readonly signal?: AbortSignal;
  /** Milliseconds (`performance.now`). */
  readonly now?: () => number;
}

export interface ForgeOptions extends Workbench {
  readonly coder: Coder;
  readonly judge: Judge;
  /** Candidates, the first one included (10). */
  readonly rounds?: number;
  /** In which modes the Judge is asked (both). Without correction the log is kept back as well. */
  readonly modes?: readonly Mode[];
  readonly onRound?: (attempt: Attempt, best: Attempt | null) => void;
}

export type Stopped = "rounds" | keyof Budget;

export interface ForgeResult {
  /** The fastest of the candidates that were accepted, timed and without a flag that rejects. */
  readonly best: Attempt | null;
  readonly attempts: readonly Attempt[];
  readonly history: readonly Event[];
  readonly stopped: Stopped;
  readonly evaluations: number;
  readonly seconds: number;
  readonly usage: Usage;
  readonly cost: number;
}

/**
 * The loop of CudaForge (section 3 of the paper): a Coder writes a kernel; if it is not correct, a
 * Judge reads the log and says what to correct, else it reads counters and says what to improve; the
 * Coder goes on from the last candidate, whatever the best is. The fastest verified one is returned.
 *
 * Every step is an event of `history`. With the events of a run that was killed it goes on there;
 * with those of a whole run it computes nothing and gives the same result, bit for bit.
 * @throws JudgeFormatError, ForgeError of a model, and the signal's reason; the history keeps all
 * that was done until then.
 */
export async function runForge(options: ForgeOptions): Promise<ForgeResult> {
  const { task, dims, backend, coder, judge, rounds = 10, budget = {}, onRound, signal } = options;
  const { modes = ["correctness", "optimisation"], price = () => 0 } = options;
  if (!(Number.isSafeInteger(rounds) && rounds >= 0))
    throw domainError(`runForge: rounds must be a whole number >= 0, got ${rounds}`);
  checkType(typeof coder?.propose === "function", "runForge", "coder", "a Coder", coder);
  checkType(typeof judge?.diagnose === "function", "runForge", "judge", "a Judge", judge);
  checkBudget("runForge", budget);
  const history = options.history ?? memoryHistory();
  const recorder = new Recorder(history, options.now ?? (() => performance.now()));
  const bench = new Bench(options, recorder);
  const about = {
    task,
    dims,
    backend: backend.id,
    language: backend.language,
    hardware: options.hardware ?? backend.id,
    ...(signal && { signal }),
  };

  await recorder.step("start", 0, () => ({
    task: task.id,
    dims,
    backend: backend.id,
    coder: coder.name,
    judge: judge.name,
  }));
  const attempts: Attempt[] = [];
  let best: Attempt | null = null;
  let stopped: Stopped = "rounds";
  let usage = noUsage;
  for (let round = 0; round < rounds; round++) {
    signal?.throwIfAborted();
    const spent = () => ({
      evaluations: bench.evaluations,
      seconds: recorder.elapsed,
      usage,
      cost: price(usage),
    });
    const limit = exhausted(budget, spent());
    if (limit !== null) {
      stopped = limit;
      break;
    }
    const before = attempts.at(-1) ?? null;
    let mode: Attempt["mode"] = "seed";
    let advice: Advice | null = null;
    if (before !== null) {
      mode = before.correct || !modes.includes("correctness") ? "optimisation" : "correctness";
      if (modes.includes(before.correct ? "optimisation" : "correctness")) {
        const asked = before.correct ? "optimisation" : "correctness";
        const diagnosis = await recorder.step<Diagnosis>("advice", round, () =>
          judge.diagnose({ ...about, mode: asked, last: before }),
        );
        advice = diagnosis.advice;
        usage = addUsage(usage, diagnosis.usage);
        attempts[attempts.length - 1] = { ...before, advice };
      }
    }
    const last = attempts.at(-1) ?? null;
    const proposal = await recorder.step<Proposal>("proposal", round, () =>
      coder.propose({ ...about, round, mode, last, advice, attempts }),
    );
    usage = addUsage(usage, proposal.usage);
    const attempt = await bench.evaluate(round, mode, proposal, attempts);
    attempts.push(attempt);
    if (attempt.correct && attempt.timing!.speedup > (best?.timing?.speedup ?? 0)) best = attempt;
    onRound?.(attempt, best);
  }
  await recorder.step("end", attempts.length, () => ({ stopped, best: best?.round ?? null }));
  const { evaluations } = bench;
  const seconds = recorder.elapsed;
  return {
    best,
    attempts,
    history: [...history.events],
    stopped,
    evaluations,
    seconds,
    usage,
    cost: price(usage),
  };
}

/** Verifies, times and counts candidates, each source once. */
export class Bench {
  evaluations = 0;
  readonly #options: Workbench;
  readonly #recorder: Recorder;

  constructor(options: Workbench, recorder: Recorder) {
    this.#options = options;
    this.#recorder = recorder;
  }

  async evaluate(
    round: number,
    mode: Attempt["mode"],
    proposal: Proposal,
    attempts: readonly Attempt[],
  ): Promise<Attempt> {
    const key = keyOf(proposal);
    const earlier = attempts.find((attempt) => keyOf(attempt.proposal) === key);
    if (earlier) {
      const { check, timing, counters, correct } = earlier;
      const repeats = earlier.repeats ?? earlier.round;
      return { round, mode, proposal, check, repeats, timing, counters, advice: null, correct };
    }
    const { verifier, timing: stopwatch, counters: count, signal } = this.#options;
    const within = signal ? { signal } : {};
    const candidate = candidateOf(proposal);
    this.evaluations++;
    const step = <T>(kind: Event["kind"], work: () => Promise<T> | T) =>
      this.#recorder.step<T>(kind, round, work);
    const check = await step<Check>("check", () => checked(() => verifier(candidate, within)));
    const shared = { round, mode, proposal, repeats: null, advice: null };
    if (check.outcome !== "accepted")
      return { ...shared, check, timing: null, counters: null, correct: false };
    const timed = await step<Timing | Check>("timing", () =>
      stopwatch(candidate, within).catch(diagnose),
    );
    if ("outcome" in timed)
      return { ...shared, check: timed, timing: null, counters: null, correct: false };
    const tricks = timed.flags.filter((flag) => rejecting.has(flag));
    if (tricks.length > 0) {
      const log = `the stopwatch refuses it: ${tricks.join(", ")}`;
      const refused: Check = { outcome: "rejected", log, verdict: check.verdict };
      return { ...shared, check: refused, timing: timed, counters: null, correct: false };
    }
    const counters = count
      ? await step<Counters>("counters", () => count(candidate, timed, within))
      : null;
    return { ...shared, check, timing: timed, counters, correct: true };
  }
}

const keyOf = ({ source, flags, grid }: Candidate) => JSON.stringify([source, flags, grid]);

const candidateOf = ({ source, flags, grid }: Proposal): Candidate => ({
  source,
  ...(flags && { flags }),
  ...(grid && { grid }),
});

async function checked(verify: () => Promise<Check>): Promise<Check> {
  try {
    const check = await verify();
    return { ...check, log: tail(check.log) };
  } catch (error) {
    return diagnose(error);
  }
}

/** What a candidate did to itself is the Judge's business; anything else is ours, and thrown. */
function diagnose(error: unknown): Check {
  if (error instanceof CandidateCompileError)
    return { outcome: "compile-error", log: tail(error.log), verdict: null };
  if (error instanceof SessionEnded)
    return {
      outcome: "crashed",
      log: tail(`${error.message}\n${error.ending.log}`),
      verdict: null,
    };
  throw error;
}
