import type { Coder } from "../attempt.ts";
import type { Model } from "../models/model.ts";
import { coderPrompt } from "../prompts.ts";
import { type AskOptions, askModel } from "./ask-model.ts";

/** A Coder that asks a model; it is shown the last candidate and nothing before it. */
export function llmCoder(model: Model, { temperature = 0.2, ...rest }: AskOptions = {}): Coder {
  return {
    name: `model ${model.id}`,
    propose: (context) => askModel(model, coderPrompt(context), context, { temperature, ...rest }),
  };
}
