import type { CoderContext, Proposal } from "../attempt.ts";
import { extractCode } from "../code-fence.ts";
import type { Model } from "../models/model.ts";
import { coderSystem } from "../prompts.ts";

export interface AskOptions {
  readonly temperature?: number;
  /** Compiler flags of every candidate; a model writes sources only. */
  readonly flags?: readonly string[];
}

/** The kernel that a model writes to a prompt, with what was said. */
export async function askModel(
  model: Model,
  prompt: string,
  { language, signal }: Pick<CoderContext, "language" | "signal">,
  { temperature, flags }: AskOptions & { readonly temperature: number },
): Promise<Proposal> {
  const asked = { system: coderSystem, prompt, temperature, ...(signal && { signal }) };
  const { text, usage } = await model.complete(asked);
  return {
    source: extractCode(text, language),
    language,
    ...(flags && { flags }),
    exchange: { system: coderSystem, prompt, reply: text },
    usage,
  };
}
