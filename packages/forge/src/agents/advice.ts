import { z } from "zod";
import { ForgeError } from "../session/errors.ts";

/** Text of at most so many words; more is a fault of the Judge's form. */
const words = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .refine((text) => countWords(text) <= most, { error: `at most ${most} words` });

const countWords = (text: string) => text.split(/\s+/).filter(Boolean).length;

/** What a Judge says of a candidate that does not compile, crashes or is wrong. */
const correctnessAdvice = z.object({
  critical_issue: words(20),
  why_it_matters: words(35),
  minimal_fix_hint: words(20),
});

/** What a Judge says of a correct candidate: one bottleneck, one method, one plan. */
const optimisationAdvice = z.object({
  bottleneck: words(30),
  optimisation_method: words(35),
  modification_plan: words(35),
});

export type CorrectnessAdvice = z.infer<typeof correctnessAdvice>;
export type OptimisationAdvice = z.infer<typeof optimisationAdvice>;
export type Advice = CorrectnessAdvice | OptimisationAdvice;

/** What the Judge is asked for. */
export type Mode = "correctness" | "optimisation";

export const adviceSchemas = {
  correctness: correctnessAdvice,
  optimisation: optimisationAdvice,
} as const;

/** `ERR_JUDGE_FORMAT`: the Judge's reply was not of its form, twice; `reply` is the second one. */
export class JudgeFormatError extends ForgeError {
  readonly reply: string;
  constructor(mode: Mode, problem: string, reply: string) {
    super("ERR_JUDGE_FORMAT", `the Judge's ${mode} advice is not of its form: ${problem}`);
    this.name = "JudgeFormatError";
    this.reply = reply;
  }
}

type Parsed = { readonly advice: Advice } | { readonly problem: string };

/**
 * Reads advice out of a reply: the first JSON object in it, bare, in a fence or between sentences.
 * `problem` says in one line what is missing or too long, which is what a repair is asked with.
 */
export function parseAdvice(mode: Mode, reply: string): Parsed {
  const text = firstObject(reply);
  if (text === null) return { problem: "there is no JSON object in it" };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { problem: `it is not JSON: ${(error as Error).message}` };
  }
  const parsed = adviceSchemas[mode].safeParse(json);
  if (parsed.success) return { advice: parsed.data };
  const [issue] = parsed.error.issues;
  return { problem: `${issue!.path.join(".") || "the object"}: ${issue!.message}` };
}

/** The text from the first brace to the one that closes it, strings respected; null without one. */
function firstObject(text: string): string | null {
  const start = text.indexOf("{");
  if (start < 0) return null;
  let depth = 0;
  let inString = false;
  for (let i = start; i < text.length; i++) {
    const c = text[i];
    if (inString) {
      if (c === "\\") i++;
      else if (c === '"') inString = false;
    } else if (c === '"') inString = true;
    else if (c === "{") depth++;
    else if (c === "}" && --depth === 0) return text.slice(start, i + 1);
  }
  return text.slice(start);
}
