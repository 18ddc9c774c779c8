import { JudgeFormatError, parseAdvice } from "../advice.ts";
import type { Exchange, Judge } from "../attempt.ts";
import { addUsage, noUsage } from "../budget.ts";
import type { Model } from "../models/model.ts";
import { judgePrompt, judgeSystem, repairPrompt } from "../prompts.ts";

/** A Judge that asks a model; what is not of its form is asked for once more. */
export function llmJudge(model: Model, { temperature = 0.2 } = {}): Judge {
  return {
    name: `model ${model.id}`,
    async diagnose(context) {
      const first = judgePrompt(context);
      const exchanges: Exchange[] = [];
      let usage = noUsage;
      let prompt = first;
      for (;;) {
        const reply = await model.complete({
          system: judgeSystem,
          prompt,
          temperature,
          ...(context.signal && { signal: context.signal }),
        });
        exchanges.push({ system: judgeSystem, prompt, reply: reply.text });
        usage = addUsage(usage, reply.usage);
        const parsed = parseAdvice(context.mode, reply.text);
        if ("advice" in parsed) return { advice: parsed.advice, exchanges, usage };
        if (exchanges.length === 2)
          throw new JudgeFormatError(context.mode, parsed.problem, reply.text);
        prompt = repairPrompt(first, reply.text, parsed.problem);
      }
    },
  };
}
