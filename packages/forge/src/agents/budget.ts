import { domainError } from "@daily-kernel/compute";
import type { Usage } from "./attempt.ts";

/** Where a run ends before its rounds do; what is left out has no end. */
export interface Budget {
  /** Candidates that are compiled and verified. */
  readonly evaluations?: number;
  readonly seconds?: number;
  /** Of all models, in and out. */
  readonly tokens?: number;
  /** In the unit of `price`. */
  readonly cost?: number;
}

export interface Spent {
  readonly evaluations: number;
  readonly seconds: number;
  readonly usage: Usage;
  readonly cost: number;
}

/** @throws RangeError for a limit that is negative or no number. */
export function checkBudget(fn: string, budget: Budget): void {
  for (const [name, value] of Object.entries(budget))
    if (!(value >= 0)) throw domainError(`${fn}: budget.${name} must be >= 0, got ${value}`);
}

/** The first limit that is reached, or null. */
export function exhausted(budget: Budget, spent: Spent): keyof Budget | null {
  const tokens = spent.usage.inputTokens + spent.usage.outputTokens;
  const used = { evaluations: spent.evaluations, seconds: spent.seconds, tokens, cost: spent.cost };
  for (const [name, value] of Object.entries(used) as [keyof Budget, number][])
    if (value >= (budget[name] ?? Number.POSITIVE_INFINITY)) return name;
  return null;
}

export const noUsage: Usage = { inputTokens: 0, outputTokens: 0 };

export const addUsage = (a: Usage, b: Usage = noUsage): Usage => ({
  inputTokens: a.inputTokens + b.inputTokens,
  outputTokens: a.outputTokens + b.outputTokens,
});
