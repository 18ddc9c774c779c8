import type { Proposer, ProposerContext } from "../evolve.ts";
import type { Model } from "../models/model.ts";
import { describeProblem } from "../prompts.ts";
import { type AskOptions, askModel } from "./ask-model.ts";

/** A proposer that asks a model, with the fastest kernels so far and what was just proposed. */
export function llmProposer(
  model: Model,
  { temperature = 0.75, ...rest }: AskOptions = {},
): Proposer {
  return {
    name: `model ${model.id} at ${temperature}`,
    propose: (context) =>
      askModel(model, evolutionPrompt(context), context, { temperature, ...rest }),
  };
}

function evolutionPrompt(context: ProposerContext): string {
  const { language, survivors, siblings, advice } = context;
  const fenced = (source: string) => `\`\`\`${language}\n${source.trim()}\n\`\`\``;
  const parts = [describeProblem(context)];
  // The fastest comes last, next to the question.
  for (const { proposal, timing } of survivors.toReversed())
    parts.push(
      `Verified, ${(timing!.medianNs / 1e3).toPrecision(4)} microseconds, ${timing!.speedup.toPrecision(3)} times the baseline:\n${fenced(proposal.source)}`,
    );
  if (advice) parts.push(`Advice about the fastest:\n${JSON.stringify(advice, null, 2)}`);
  if (siblings.length > 0)
    parts.push(
      `Proposed a moment ago; do something else:\n${siblings.map(({ source }) => fenced(source)).join("\n")}`,
    );
  parts.push(
    survivors.length > 0
      ? "Write a version that is faster than all of these."
      : "Write a first version: correct before fast.",
  );
  return parts.join("\n\n");
}
