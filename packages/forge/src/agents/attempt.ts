import type { Finding, Verdict } from "../judge/verdict.ts";
import type { BackendId, Candidate, Language } from "../session/backend.ts";
import type { Timing } from "../stopwatch/timing.ts";
import type { Dims, Task } from "../task/task.ts";
import type { Advice, Mode } from "./advice.ts";

/** A point of a template space: a value for each parameter. */
export type Point = Readonly<Record<string, number | string>>;

/** Counters by name: whatever a back end can tell of a candidate, as numbers. */
export type Counters = Readonly<Record<string, number>>;

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** What was said to a model and what it said. */
export interface Exchange {
  readonly system: string;
  readonly prompt: string;
  readonly reply: string;
}

/** A candidate as a Coder hands it in. */
export interface Proposal extends Candidate {
  readonly language: Language;
  readonly rationale?: string;
  /** Where it lies in the space of its template. */
  readonly point?: Point;
  /** The round whose candidate it was made from, where that is not the one before. */
  readonly parent?: number;
  readonly exchange?: Exchange;
  readonly usage?: Usage;
}

/** How a candidate fared before it was timed. */
export type Outcome = "accepted" | "compile-error" | "crashed" | "rejected";

/** What the verifier says. */
export interface Check {
  readonly outcome: Outcome;
  /** What a Judge reads: the compiler's log, how the process ended, or the findings. */
  readonly log: string;
  readonly verdict: Verdict | null;
}

/** One round of a run. */
export interface Attempt {
  readonly round: number;
  readonly mode: Mode | "seed";
  readonly proposal: Proposal;
  readonly check: Check;
  /** The round that proposed the same source before: nothing was measured again. */
  readonly repeats: number | null;
  /** Of accepted candidates. */
  readonly timing: Timing | null;
  readonly counters: Counters | null;
  /** What the Judge said about it, if it was asked. */
  readonly advice: Advice | null;
  /** Accepted, timed, and without a flag that rejects. */
  readonly correct: boolean;
}

/** What a Coder and a Judge know of the problem. */
export interface Problem {
  readonly task: Task;
  readonly dims: Dims;
  readonly backend: BackendId;
  readonly language: Language;
  /** One line about the machine. */
  readonly hardware: string;
}

export interface CoderContext extends Problem {
  readonly round: number;
  readonly mode: Mode | "seed";
  /** The candidate to go on from: the last, not the best; null at first. */
  readonly last: Attempt | null;
  readonly advice: Advice | null;
  /** The whole past, for Coders that have a memory; models are shown `last` only. */
  readonly attempts: readonly Attempt[];
  readonly signal?: AbortSignal;
}

export interface JudgeContext extends Problem {
  readonly mode: Mode;
  readonly last: Attempt;
  readonly signal?: AbortSignal;
}

/** Writes kernels. */
export interface Coder {
  readonly name: string;
  propose(context: CoderContext): Promise<Proposal>;
}

/** Advice with what it took to get it. */
export interface Diagnosis {
  readonly advice: Advice;
  readonly exchanges?: readonly Exchange[];
  readonly usage?: Usage;
}

/** Says what to do next. */
export interface Judge {
  readonly name: string;
  /** @throws JudgeFormatError when a model's reply was not of its form, twice. */
  diagnose(context: JudgeContext): Promise<Diagnosis>;
}

/** The last lines of a log: what a model is shown of megabytes. */
export function tail(log: string, lines = 150): string {
  const all = log.split("\n");
  const cut = all
    .slice(-lines)
    .map((line) => (line.length > 400 ? `${line.slice(0, 400)}...` : line));
  return cut.join("\n");
}

/** Findings as lines of text. */
export const describeFindings = (findings: readonly Finding[]): string =>
  findings.map(({ rule, severity, evidence }) => `${severity} ${rule}: ${evidence}`).join("\n");
