import type { CallResult, Session } from "../session/backend.ts";
import { SessionEnded } from "../session/errors.ts";
import type { InputFamily, Task } from "../task/task.ts";
import type { KernelTensor } from "../task/tensor.ts";
import type { Case } from "./cases.ts";
import { bitsOf, compare } from "./compare.ts";
import { diagnose } from "./diagnose.ts";
import { ruleOfEnding } from "./endings.ts";
import type { Rule } from "./rules.ts";
import type { Finding } from "./verdict.ts";

/** Ends a verification: one error is enough. */
export class Rejection extends Error {
  readonly finding: Finding;
  constructor(finding: Finding) {
    super(finding.evidence);
    this.finding = finding;
  }
}

export interface Asked {
  readonly poison: readonly KernelTensor[];
  readonly slot?: number;
  readonly timed?: number;
  readonly settle?: number;
}

/** More than this on standard output and error is no debugging line. */
const FLOOD = 1 << 16;

/** What all sessions of one verification know together. */
export class Record {
  readonly findings: Finding[] = [];
  calls = 0;
  worst = 0;
  #relative = 0;
  readonly #right = new Map<string, Set<InputFamily>>();
  /** Numbers of threads under which every answer was right. */
  readonly threadsRight = new Set<number>();

  rejection(rule: Rule, evidence: string, dims?: readonly number[]): Rejection {
    const call = this.calls;
    return new Rejection({ rule, severity: "error", evidence, call, ...(dims && { dims }) });
  }

  warn(rule: Rule, evidence: string): void {
    if (!this.findings.some((finding) => finding.rule === rule))
      this.findings.push({ rule, severity: "warning", evidence, call: this.calls });
  }

  measure(worst: number, relative: number): void {
    this.worst = Math.max(this.worst, worst);
    this.#relative = Math.max(this.#relative, relative);
  }

  right({ dims, family }: Case): void {
    const key = dims.join();
    this.#right.set(key, (this.#right.get(key) ?? new Set()).add(family));
  }

  familiesRight({ dims, family }: Case): InputFamily[] {
    return [...(this.#right.get(dims.join()) ?? [])].filter((each) => each !== family);
  }

  shapesRight({ dims }: Case): number {
    return [...this.#right.keys()].filter((key) => key !== dims.join()).length;
  }

  get effectiveBits(): number {
    return bitsOf(this.#relative);
  }
}

/** Calls one process and looks at everything that it leaves. */
export class Examiner {
  readonly #task: Task;
  readonly #session: Session;
  readonly #record: Record;
  readonly #factor: number;
  readonly #threads: number;
  readonly #limit: number;
  readonly #signal: AbortSignal | undefined;
  readonly #seen: Case[] = [];
  readonly #answered = new Map<Case, readonly KernelTensor[]>();
  readonly #cost = new Map<string, number>();
  #alive = 2;

  constructor(
    task: Task,
    session: Session,
    record: Record,
    {
      factor,
      threads,
      limit,
      signal,
    }: { factor: number; threads: number; limit: number; signal?: AbortSignal | undefined },
  ) {
    this.#task = task;
    this.#session = session;
    this.#record = record;
    this.#factor = factor;
    this.#threads = threads;
    this.#limit = limit;
    this.#signal = signal;
  }

  /** Threads that were alive after the last call. */
  get alive(): number {
    return this.#alive;
  }

  /** Milliseconds that a copy of a call of these sizes takes at most, as far as known. */
  costOf(dims: readonly number[]): number {
    return this.#cost.get(dims.join()) ?? 0.02;
  }

  /** One call, or timed copies of it, verified in every element; throws a `Rejection`. */
  async ask(given: Case, { poison, slot = 0, timed = 0, settle }: Asked): Promise<CallResult> {
    const record = this.#record;
    this.#signal?.throwIfAborted();
    let result: CallResult;
    const start = performance.now();
    try {
      result = await this.#session.call(
        {
          inputs: given.inputs,
          dims: given.dims,
          outputs: this.#task.outputs(given.dims),
          poison,
          slot,
          timed,
          settle: settle ?? (this.#alive > 1 ? 3 : 0),
        },
        this.#signal ? { signal: this.#signal } : {},
      );
    } catch (error) {
      if (!(error instanceof SessionEnded)) throw error;
      const { rule, evidence } = ruleOfEnding(error.ending);
      throw record.rejection(rule, evidence, given.dims);
    }
    record.calls += Math.max(1, timed);
    this.#alive = result.threads;
    // Where the supervisor makes the copies, they cost what the kernel takes and little more.
    const each =
      result.cpuNs === undefined ? performance.now() - start : 0.03 + (result.ns[0] ?? 0) / 1e6;
    if (timed <= 1) this.#cost.set(given.dims.join(), each);
    // Bits that differ between copies need not be a fault (threads add in any order): each is verified.
    for (const outputs of result.extremes ?? []) this.#judge(given, { ...result, outputs }, poison);
    this.#judge(given, result, poison);
    if (!result.sameOutputs) {
      record.warn("nondeterministic", "timed copies of a call left different bits");
      if (result.extremes) return result;
      for (let i = 0; i < Math.min(timed, 20); i++) await this.ask(given, { poison, slot });
    }
    return result;
  }

  #judge(given: Case, result: CallResult, poison: readonly KernelTensor[]): void {
    const record = this.#record;
    const { dims } = given;
    if ((result.printed ?? 0) > FLOOD)
      throw record.rejection("output-flood", `${result.printed} bytes were written`, dims);
    if ((result.printed ?? 0) > 0)
      record.warn("output-flood", `${result.printed} bytes were written`);
    if (result.threads >= this.#limit) {
      const evidence = `${result.threads} threads are left, as many as there may be`;
      throw record.rejection("background-work", evidence, dims);
    }
    if (!result.guardsIntact)
      throw record.rejection("out-of-bounds", "bytes before or after an output were written", dims);
    if (!result.inputsIntact)
      throw record.rejection("input-mutated", "an input holds other bytes", dims);
    if (!result.settled)
      throw record.rejection("late-write", "an output changed after the kernel had returned", dims);
    if (result.status !== 0)
      throw record.rejection("kernel-error", `forge_kernel returned ${result.status}`, dims);
    const comparison = compare(result.outputs, given.expected, this.#factor);
    record.measure(comparison.worst, comparison.relative);
    const answered = this.#answered.get(given);
    if (comparison.misses > 0) {
      const seen = this.#seen.filter((each) => each.dims.join() === dims.join());
      const { rule, evidence } = diagnose({
        given,
        result,
        comparison,
        poison,
        factor: this.#factor,
        seen,
        before: answered !== undefined,
        familiesRight: record.familiesRight(given),
        shapesRight: record.shapesRight(given),
        otherThreadsRight: [...record.threadsRight].some((threads) => threads !== this.#threads),
      });
      throw record.rejection(rule, evidence, dims);
    }
    const whole = this.#task.property?.(given.inputs, result.outputs, dims);
    if (whole) {
      record.measure(whole.error / this.#factor, 0);
      if (!(whole.error <= this.#factor))
        throw record.rejection("wrong-result", whole.evidence, dims);
    }
    if (answered && !sameBits(answered, result.outputs))
      record.warn("nondeterministic", "the same inputs gave different bits");
    if (!answered) {
      this.#answered.set(given, result.outputs);
      this.#seen.push(given);
    }
    record.right(given);
  }
}

function sameBits(a: readonly KernelTensor[], b: readonly KernelTensor[]): boolean {
  for (const [i, { data }] of a.entries()) {
    const other = b[i]!.data;
    for (let at = 0; at < data.length; at++) if (!Object.is(data[at], other[at])) return false;
  }
  return true;
}
