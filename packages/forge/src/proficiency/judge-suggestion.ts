import { Rng } from "@daily-kernel/compute";
import type { Verdict } from "../judge/verdict.ts";
import { defaultLimits, type VerifyOptions, verifyCandidate } from "../judge/verify.ts";
import type { Backend, Candidate } from "../session/backend.ts";
import type { Task } from "../task/task.ts";
import { zeros } from "../task/tensor.ts";
import { detectModels } from "./detect-models.ts";
import type { ProgrammingModel, SourceLanguage } from "./models.ts";
import type { Suggestion } from "./proficiency.ts";

/** A suggestion that was compiled, run and verified. */
export interface JudgedSuggestion extends Suggestion {
  readonly models: ReadonlySet<ProgrammingModel>;
  /** Absent where the requested model is not in the source: then nothing was run. */
  readonly verdict?: Verdict;
}

/**
 * Judges one suggestion for a kernel without a person: the models that its text uses, then, if the
 * requested one is among them, whether it computes the task. OpenMP counts only if more than one
 * thread was alive after a call with two: a region that never runs is serial code.
 *
 * @throws what `verifyCandidate` throws.
 */
export async function judgeSuggestion(
  task: Task,
  candidate: Candidate,
  backend: Backend,
  asked: { readonly model: ProgrammingModel; readonly language: SourceLanguage },
  options: VerifyOptions = {},
): Promise<JudgedSuggestion> {
  const { source } = candidate;
  const models = detectModels(source, asked.language);
  if (!models.has(asked.model)) return { source, correct: false, models };
  const verdict = await verifyCandidate(task, candidate, backend, options);
  const correct = verdict.accepted;
  if (correct && asked.model === "openmp") {
    if ((await threadsAfterCall(task, candidate, backend, options)) < 2) {
      models.delete("openmp");
      if (models.size === 0) models.add("serial");
    }
  }
  return { source, correct, models, verdict };
}

/** Threads alive in the candidate's process after one call with two threads allowed. */
async function threadsAfterCall(
  task: Task,
  candidate: Candidate,
  backend: Backend,
  { seed = 0, signal, ...options }: VerifyOptions,
): Promise<number> {
  const limits = { ...defaultLimits, ...options.limits };
  const within = { limits, ...(signal && { signal }) };
  const artifact = await backend.compile(candidate, within);
  const session = await backend.open(artifact, { ...within, threads: 2 });
  try {
    const dims = task.shapes.reduce((a, b) => (task.flops(b) > task.flops(a) ? b : a));
    const inputs = task.draw(dims, task.families[0]!, new Rng(seed, "threads"));
    const outputs = task.outputs(dims);
    const poison = outputs.map(zeros);
    const { threads } = await session.call({ inputs, dims, outputs, poison, slot: 0 });
    return threads;
  } finally {
    await session.close();
  }
}
