import { z } from "zod";
import { TraceError } from "./trace-error.ts";

const text = z.string().min(1);

const schema = z.object({
  taskId: text,
  /** The kind of task that quotas count: `matmul`, `loss`. */
  taskType: text,
  /** Which of the task's samples this is, from 0. */
  sampleIndex: z.int().min(0),
  reasoning: z.string().default(""),
  source: text,
  /** Length of the reasoning in tokens (not in characters). */
  tokens: z.int().min(0).max(0xffff_ffff),
  /** What the judge said; the object that `forge verify --json` prints will do. */
  verdict: z.object({ accepted: z.boolean() }),
  /** Time of the baseline over that of the kernel; 0 for an incorrect one. */
  speedup: z.number().min(0),
  /** The machine that `speedup` was measured on. */
  hardware: text.optional(),
  /** What counted `tokens`. */
  tokenizer: text.optional(),
  /** The judge and its version. */
  verifier: text.optional(),
});

type Parsed = z.infer<typeof schema>;

/** A task, what a model thought about it, the kernel that it wrote, and what became of that. */
export type Trace = { readonly [K in keyof Parsed]: Parsed[K] };

/**
 * A row as a trace; fields that a trace does not have are left out.
 * @throws TraceError that names the line and the field: `InvalidTrace`, `MissingTrace`,
 * `InconsistentVerdict`.
 */
export function parseTrace(row: unknown, line: number): Trace {
  const parsed = schema.safeParse(row);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue!.path.join(".");
    throw new TraceError("InvalidTrace", line, `${field ? `${field}: ` : ""}${issue!.message}`);
  }
  const trace = parsed.data;
  if (trace.tokens === 0 || trace.reasoning === "") {
    const what = trace.tokens === 0 ? "tokens is 0" : "reasoning is missing";
    throw new TraceError("MissingTrace", line, `${what}; a sample without a trace has no length`);
  }
  if (!trace.verdict.accepted && trace.speedup !== 0) {
    const what = `the kernel is incorrect and its speedup is ${trace.speedup}; it must be 0`;
    throw new TraceError("InconsistentVerdict", line, what);
  }
  return trace;
}

const isName = (value: unknown) => typeof value === "string" && value !== "";
const isNameOrNone = (value: unknown) => value === undefined || isName(value);

/** Whether a row is a trace without fault: what `parseTrace` finds too, in a tenth of the time. */
function isTrace(row: unknown): row is Trace {
  if (typeof row !== "object" || row === null) return false;
  const r = row as Record<string, unknown>;
  const { sampleIndex, tokens, speedup } = r;
  const accepted = (r.verdict as { accepted?: unknown } | null | undefined)?.accepted;
  return (
    isName(r.taskId) &&
    isName(r.taskType) &&
    isName(r.reasoning) &&
    isName(r.source) &&
    Number.isSafeInteger(sampleIndex) &&
    (sampleIndex as number) >= 0 &&
    Number.isSafeInteger(tokens) &&
    (tokens as number) >= 1 &&
    (tokens as number) <= 0xffff_ffff &&
    Number.isFinite(speedup) &&
    (accepted === true ? (speedup as number) >= 0 : accepted === false && speedup === 0) &&
    isNameOrNone(r.hardware) &&
    isNameOrNone(r.tokenizer) &&
    isNameOrNone(r.verifier)
  );
}

/** @throws TraceError `InvalidTrace` with the line's number. */
export function parseJson(json: string, line: number): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    const hint = /\bNaN\b|\bInfinity\b/.test(json) ? " (JSON has no NaN and no Infinity)" : "";
    throw new TraceError("InvalidTrace", line, `not JSON${hint}: ${(error as Error).message}`);
  }
}

/** A line of JSON as a trace; it may hold fields that a trace does not have. */
export function parseLine(json: string, line: number): Trace {
  const row = parseJson(json, line);
  return isTrace(row) ? row : parseTrace(row, line);
}
