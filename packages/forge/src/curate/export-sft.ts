import { checkType, typeError } from "@daily-kernel/compute";
import { ForgeError } from "../session/errors.ts";
import { type OverlapReport, overlap, type TaskText } from "./overlap.ts";
import type { Trace } from "./trace.ts";

/** What a verification just before the export says, by which judge of which version. */
type Reverify = (
  trace: Trace,
) => Promise<{ readonly accepted: boolean; readonly verifier: string }>;

export interface ExportOptions {
  /** `chatml`: `messages` of roles; `sharegpt`: `conversations` of human and gpt. */
  readonly format: "chatml" | "sharegpt";
  /** The text of every task that was selected: the prompt. */
  readonly tasks: readonly TaskText[];
  /** What the trained model will be measured on; an empty list says that nothing was compared. */
  readonly evalTasks: readonly TaskText[];
  readonly ngram?: number;
  readonly reverify: Reverify;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface ExportReport {
  readonly format: string;
  readonly samples: number;
  readonly overlap: OverlapReport;
  /** Left out because their task occurs in the evaluation. */
  readonly contaminated: number;
  /** Left out because today's judge rejects them. */
  readonly rejected: readonly { taskId: string; sampleIndex: number }[];
  /** What verified the samples when the pool was made, and what did before this export. */
  readonly verifiers: { readonly pool: readonly string[]; readonly reverified: readonly string[] };
  readonly tokenizer: string | null;
}

/**
 * Selected samples as JSON lines for supervised fine-tuning, the reasoning in a field of its own
 * (`reasoning_content`, `reasoning`). Samples of tasks that occur in the evaluation are left out
 * first; then every kernel is verified again, because verdicts of a weak judge poison the set.
 * @throws ForgeError `ERR_UNKNOWN_TASK` where a selected task has no text.
 */
export async function exportSft(
  selected: readonly Trace[],
  options: ExportOptions,
): Promise<{ lines: string[]; report: ExportReport }> {
  const { format, tasks, evalTasks, reverify } = options;
  const shape = { chatml, sharegpt }[format];
  if (shape === undefined)
    throw typeError(`exportSft: format must be "chatml" or "sharegpt", got ${String(format)}`);
  checkType(typeof reverify === "function", "exportSft", "reverify", "a function", reverify);
  const prompts = new Map(tasks.map(({ id, text }) => [id, text]));
  for (const { taskId } of selected) {
    if (!prompts.has(taskId))
      throw new ForgeError("ERR_UNKNOWN_TASK", `exportSft: tasks has no text for ${taskId}`);
  }
  const ids = new Set(selected.map(({ taskId }) => taskId));
  const compared = overlap(
    [...ids].map((id) => ({ id, text: prompts.get(id)! })),
    evalTasks,
    options.ngram === undefined ? {} : { ngram: options.ngram },
  );
  const tainted = new Set(compared.contaminated.map(({ poolTask }) => poolTask));
  const clean = selected.filter(({ taskId }) => !tainted.has(taskId));

  const lines: string[] = [];
  const rejected: { taskId: string; sampleIndex: number }[] = [];
  const reverified = new Set<string>();
  for (const [k, trace] of clean.entries()) {
    options.signal?.throwIfAborted();
    const { accepted, verifier } = await reverify(trace);
    reverified.add(verifier);
    if (accepted) lines.push(JSON.stringify(shape(prompts.get(trace.taskId)!, trace)));
    else rejected.push({ taskId: trace.taskId, sampleIndex: trace.sampleIndex });
    options.onProgress?.(k + 1, clean.length);
  }
  const pool = new Set(selected.map(({ verifier }) => verifier ?? "not stated"));
  return {
    lines,
    report: {
      format,
      samples: lines.length,
      overlap: compared,
      contaminated: selected.length - clean.length,
      rejected,
      verifiers: { pool: [...pool].sort(), reverified: [...reverified].sort() },
      tokenizer: selected[0]?.tokenizer ?? null,
    },
  };
}

const chatml = (prompt: string, { reasoning, source }: Trace) => ({
  messages: [
    { role: "user", content: prompt },
    { role: "assistant", reasoning_content: reasoning, content: source },
  ],
});

const sharegpt = (prompt: string, { reasoning, source }: Trace) => ({
  conversations: [
    { from: "human", value: prompt },
    { from: "gpt", reasoning, value: source },
  ],
});
