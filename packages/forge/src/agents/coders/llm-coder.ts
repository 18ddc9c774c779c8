import type { Coder } from "../attempt.ts";
import { extractCode } from "../code-fence.ts";
import type { Model } from "../models/model.ts";
import { coderPrompt, coderSystem } from "../prompts.ts";

interface Options {
  readonly temperature?: number;
  /** Compiler flags of every candidate; a model writes sources only. */
  readonly flags?: readonly string[];
}

/** A Coder that asks a model; it is shown the last candidate and nothing before it. */
export function llmCoder(model: Model, { temperature = 0.2, flags }: Options = {}): Coder {
  return {
    name: `model ${model.id}`,
    async propose(context) {
      const prompt = coderPrompt(context);
      const { text, usage } = await model.complete({
        system: coderSystem,
        prompt,
        temperature,
        ...(context.signal && { signal: context.signal }),
      });
      return {
        source: extractCode(text, context.language),
        language: context.language,
        ...(flags && { flags }),
        exchange: { system: coderSystem, prompt, reply: text },
        usage,
      };
    },
  };
}
