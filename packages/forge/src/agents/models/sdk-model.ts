import type { LanguageModel } from "ai";
import { type Model, modelUnavailable } from "./model.ts";

interface Options {
  readonly id: string;
  readonly model: LanguageModel;
  /** Attempts after the first at what a server says is temporary (2). */
  readonly maxRetries?: number;
  /** What must not appear in a message. */
  readonly secret?: string;
}

/** A model of the AI SDK as a `Model`; its client is loaded when the first prompt is sent. */
export function sdkModel({ id, model, maxRetries = 2, secret }: Options): Model {
  return {
    id,
    async complete({ system, prompt, temperature = 0.2, maxOutputTokens = 16_384, signal }) {
      const { generateText } = await import("ai");
      try {
        const { text, usage } = await generateText({
          model,
          system,
          prompt,
          temperature,
          topP: 1,
          maxOutputTokens,
          maxRetries,
          ...(signal && { abortSignal: signal }),
        });
        const { inputTokens = 0, outputTokens = 0 } = usage;
        return { text, usage: { inputTokens, outputTokens } };
      } catch (error) {
        signal?.throwIfAborted();
        const message = (error as Error).message;
        const told = secret ? message.replaceAll(secret, "***") : message;
        throw modelUnavailable(`the model ${id} did not answer: ${told}`);
      }
    },
  };
}
