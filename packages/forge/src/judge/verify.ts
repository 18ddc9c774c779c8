import { Rng } from "@daily-kernel/compute";
import type { Artifact, Backend, Candidate, Limits } from "../session/backend.ts";
import { CandidateCompileError, SessionEnded } from "../session/errors.ts";
import type { Dims, InputFamily, Task } from "../task/task.ts";
import { type Case, drawCase } from "./cases.ts";
import { checkClock, checkIdle, checkMemory } from "./clockwork.ts";
import { ruleOfEnding } from "./endings.ts";
import { Examiner, Record, Rejection } from "./examiner.ts";
import { askAgain, askAll, askForRaces, askTimed, memoryDims, raceDims } from "./questions.ts";
import { staticCheck } from "./static/static-check.ts";
import type { Verdict } from "./verdict.ts";

export interface VerifyOptions {
  /** The master seed of everything secret; random unless given, and told in the verdict. */
  readonly seed?: number;
  readonly shapes?: readonly Dims[];
  readonly families?: readonly InputFamily[];
  readonly limits?: Partial<Limits>;
  /** Multiplies every bound; 1 unless told. */
  readonly boundFactor?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (done: number, doing: string) => void;
}

/** What a candidate may use unless it is told otherwise: milliseconds, bytes, threads. */
export const defaultLimits: Limits = {
  callTimeout: 10_000,
  compileTimeout: 60_000,
  memory: 4 * 2 ** 30,
  processes: 64,
};

/** How many shapes that nobody could know are added to the task's own. */
const SECRET_SHAPES = 3;

/**
 * Whether a candidate computes a task: static checks, its symbols, then calls in processes of its
 * own over secret inputs, several shapes and all families, every element against the float64
 * reference with its bound. The first error ends it; the finding carries the evidence.
 *
 * @throws ForgeError `ERR_BACKEND_UNAVAILABLE`; the signal's reason on abort. A bad candidate never
 * throws: it is rejected.
 */
export async function verifyCandidate(
  task: Task,
  candidate: Candidate,
  backend: Backend,
  options: VerifyOptions = {},
): Promise<Verdict> {
  const { seed = crypto.getRandomValues(new Uint32Array(1))[0]! } = options;
  const same = { ...options, seed };
  const verdict = await verifyReading(task, candidate, backend, same);
  const wrongNumbers =
    verdict.calls > 0 && verdict.findings.some(({ rule }) => aboutNumbers.has(rule));
  if (verdict.accepted || !wrongNumbers || task.otherReading === undefined) return verdict;
  const other = await verifyReading(task.otherReading, candidate, backend, same);
  // Of two rejections that one is told which came further.
  return other.accepted || other.calls > verdict.calls ? other : verdict;
}

/** What a kernel is found to do that computes another function. */
const aboutNumbers: ReadonlySet<string> = new Set([
  "call-dependent",
  "constant-answer",
  "distribution-shortcut",
  "non-finite",
  "out-of-bounds",
  "output-untouched",
  "partial-work",
  "precision-downgrade",
  "shape-dependent",
  "stale-answer",
  "thread-dependent",
  "wrong-result",
]);

async function verifyReading(
  task: Task,
  candidate: Candidate,
  backend: Backend,
  options: VerifyOptions & { readonly seed: number },
): Promise<Verdict> {
  const { seed, signal } = options;
  const record = new Record();
  const limits = { ...defaultLimits, ...options.limits };
  let accepted = true;
  try {
    for (const finding of staticCheck(candidate.source, backend.language)) {
      if (finding.severity === "error") throw new Rejection(finding);
      record.findings.push(finding);
    }
    const artifact = await backend.compile(candidate, { limits, ...(signal && { signal }) });
    for (const finding of (await backend.inspect?.(artifact)) ?? []) {
      if (finding.severity === "error") throw new Rejection(finding);
      record.findings.push(finding);
    }
    await examine(task, candidate, backend, { artifact, record, limits, seed, options });
  } catch (error) {
    if (error instanceof CandidateCompileError) {
      const evidence = `${error.message}\n${error.log}`.trim();
      record.findings.unshift({ rule: "compile-error", severity: "error", evidence });
    } else if (error instanceof Rejection) record.findings.unshift(error.finding);
    else throw error;
    accepted = false;
  }
  return {
    accepted,
    findings: record.findings,
    worstError: record.calls === 0 ? Infinity : record.worst,
    effectiveBits: record.calls === 0 ? 0 : record.effectiveBits,
    seed,
    calls: record.calls,
  };
}

interface Examination {
  readonly artifact: Artifact;
  readonly record: Record;
  readonly limits: Limits;
  readonly seed: number;
  readonly options: VerifyOptions;
}

const threaded = ({ flags = [] }: Candidate, { id }: Backend) =>
  id === "openmp" || id === "openacc" || flags.some((flag) => /^-fopenmp$|^-pthread$/.test(flag));

/**
 * Processes in which a candidate is called; the numbers of threads are those that OpenMP is told,
 * if it is there. Native processes begin at other addresses each time.
 */
const sessionsOf = (candidate: Candidate, backend: Backend): readonly number[] => {
  if (threaded(candidate, backend)) return [2, 1, 4];
  return backend.inspect ? [2, 2, 2, 2] : [2, 2];
};

async function examine(
  task: Task,
  candidate: Candidate,
  backend: Backend,
  { artifact, record, limits, seed, options }: Examination,
): Promise<void> {
  const { signal, onProgress = () => {} } = options;
  const rng = new Rng(seed, `forge verify ${task.id}`);
  const families = options.families ?? task.families;
  const secret = options.shapes
    ? []
    : Array.from({ length: task.drawDims ? SECRET_SHAPES : 0 }, () => task.drawDims!(rng));
  const shapes = [...(options.shapes ?? task.shapes), ...secret];
  const factor = (options.boundFactor ?? 1) * (task.boundFactor?.[backend.id] ?? 1);
  const largest = shapes.reduce((a, b) => (task.flops(b) > task.flops(a) ? b : a));
  const family = families.includes("normal") ? "normal" : families[0]!;
  const drawCrowd = () => drawCase(task, raceDims(task), family, rng);
  let crowd: [Case, Case] | undefined;
  const threads = sessionsOf(candidate, backend);
  const steps = 2 * shapes.length + 2 * threads.length + 3;
  let done = 0;
  const step = (doing: string) => onProgress(Math.min(1, ++done / steps), doing);

  for (const [process, count] of threads.entries()) {
    const session = await backend
      .open(artifact, { limits, threads: count, ...(signal && { signal }) })
      .catch((error: unknown) => {
        if (!(error instanceof SessionEnded)) throw error;
        const { rule, evidence } = ruleOfEnding(error.ending);
        throw record.rejection(rule === "exited" ? "load-error" : rule, evidence);
      });
    const examiner = new Examiner(task, session, record, {
      factor,
      threads: count,
      limit: limits.processes,
      signal,
    });
    try {
      if (process === 0) {
        const cases = await askAll(task, examiner, { shapes, families }, rng, step);
        await askEverything(cases);
        const look = { task, examiner, record, dims: largest, family, rng };
        await checkIdle(look);
        await checkClock(look);
        step("clocks");
        const wide = [largest, memoryDims(task)];
        const paying = task.flops(wide[1]!) > task.flops(largest) ? wide[1]! : largest;
        await checkMemory({ ...look, dims: options.shapes ? largest : paying });
        step("memory");
      } else {
        // A process that has seen nothing begins with the largest, and in another order.
        const some = [largest, ...shapes.filter((_, i) => i % 3 === rng.uint32() % 3)];
        const each = [families[rng.uint32() % families.length]!];
        const cases = await askAll(task, examiner, { shapes: some, families: each }, rng, () => {});
        for (const known of cases) await askTimed(task, examiner, known, 12, rng);
        step(`with ${count} threads`);
      }
      if (threaded(candidate, backend)) {
        crowd ??= [drawCrowd(), drawCrowd()];
        await askForRaces(task, examiner, crowd);
        step("large, for races");
      }
      record.threadsRight.add(count);
    } finally {
      await session.close();
    }

    async function askEverything(cases: readonly (readonly Case[])[]): Promise<void> {
      for (const known of cases) {
        await askAgain(task, examiner, known, rng);
        step(`${known[0]?.dims.join("x")}, again and again`);
      }
      for (const known of cases) await askTimed(task, examiner, known, 15, rng);
      const small = cases[Math.min(1, cases.length - 1)]!;
      await askTimed(
        task,
        examiner,
        small,
        threaded(candidate, backend) ? 100 : 1500 + (rng.uint32() % 1500),
        rng,
      );
      step("timed calls");
    }
  }
}
