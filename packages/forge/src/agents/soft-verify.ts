import { domainError } from "@daily-kernel/compute";
import { staticCheck } from "../judge/static/static-check.ts";
import type { Candidate, Language } from "../session/backend.ts";
import { type Exchange, type Problem, tail, type Usage } from "./attempt.ts";
import { addUsage, noUsage } from "./budget.ts";
import type { Model } from "./models/model.ts";
import { describeProblem } from "./prompts.ts";

/** What one verifier says before anything runs. */
interface SoftVerdict {
  readonly pass: boolean;
  readonly reason: string;
  readonly exchange?: Exchange;
  readonly usage?: Usage;
}

/** Reads a candidate and guesses whether it will pass one of the judge's questions. */
export interface SoftVerifier {
  readonly name: string;
  check(candidate: Candidate, problem: Problem, signal?: AbortSignal): Promise<SoftVerdict>;
}

export interface SoftResult {
  /** The share of verifiers that let it pass. */
  readonly score: number;
  readonly verdicts: readonly (SoftVerdict & { readonly name: string })[];
  readonly usage: Usage;
}

/**
 * Asks all verifiers about a candidate; the score is the mean of their votes. It only decides what is
 * worth the judge's time: whatever the score, nothing counts that the judge did not accept.
 */
export async function softVerify(
  verifiers: readonly SoftVerifier[],
  candidate: Candidate,
  problem: Problem,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<SoftResult> {
  if (verifiers.length === 0) throw domainError("softVerify: verifiers must not be empty, got []");
  const verdicts: (SoftVerdict & { name: string })[] = [];
  for (const verifier of verifiers) {
    signal?.throwIfAborted();
    verdicts.push({ name: verifier.name, ...(await verifier.check(candidate, problem, signal)) });
  }
  const passed = verdicts.filter(({ pass }) => pass).length;
  return {
    score: passed / verdicts.length,
    verdicts,
    usage: verdicts.reduce((sum, { usage }) => addUsage(sum, usage), noUsage),
  };
}

/** The three things that a model is asked about, each on its own. */
const questions = {
  compile: "Does this source compile as it stands for the back end and form above?",
  memory:
    "Does it read and write only inside its arrays for all sizes, tails and ones included, and leave its inputs alone?",
  numerics:
    "Does it compute the task for all finite inputs within float32 error bounds: large and tiny magnitudes, cancellation, overflow of intermediate results?",
} as const;

/** Three verifiers that ask a model: about compiling, memory and numerics. */
export const modelVerifiers = (model: Model): SoftVerifier[] =>
  Object.entries(questions).map(([name, question]) => ({
    name,
    async check({ source }, problem, signal) {
      const system =
        "You review compute kernels before they run. You answer with PASS or FAIL on the first line and one sentence of reason on the second.";
      const prompt = `${describeProblem(problem)}\n\n\`\`\`${problem.language}\n${source.trim()}\n\`\`\`\n\n${question}`;
      const { text, usage } = await model.complete({ system, prompt, ...(signal && { signal }) });
      const [vote = "", ...reason] = text.trim().split("\n");
      return {
        // What is neither is no pass: the judge's time is only for what somebody vouches for.
        pass: /\bpass\b/i.test(vote) && !/\bfail\b/i.test(vote),
        reason: tail(reason.join(" ").trim(), 5),
        exchange: { system, prompt, reply: text },
        usage,
      };
    },
  }));

/** A verifier without a model: the judge's static rules. */
export const staticVerifier = (language: Language): SoftVerifier => ({
  name: "static",
  async check({ source }) {
    const error = staticCheck(source, language).find(({ severity }) => severity === "error");
    return { pass: !error, reason: error ? `${error.rule}: ${error.evidence}` : "" };
  },
});
