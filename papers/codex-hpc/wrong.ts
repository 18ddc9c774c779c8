import { detectModels, type ProgrammingModel, type Suggestion, spmv } from "@daily-kernel/forge";
import type { Judge } from "./gold-set.ts";
import type { Solve } from "./grids.ts";
import type { Score } from "./suggestion-sets.ts";

/** Believes every source that shows the words of its model, and runs nothing. */
export const readsOnly: Judge = async (_task, { source }, _backend, { language }) => ({
  source,
  correct: true,
  models: detectModels(source, language),
});

/** Takes what a source is said to be for what it is. */
export const believesTheRequest: Judge = async (_task, { source }, _backend, { model }) => ({
  source,
  correct: true,
  models: new Set([model]),
});

/** Rejects every kernel that it has not seen in print. */
export const believesNothing: Judge = async (_task, { source }, _backend, { language }) => ({
  source,
  correct: false,
  models: detectModels(source, language),
});

/** The share of correct suggestions, to the next quarter, whatever their model. */
export const shareOfCorrect: Score = (suggestions, _requested, { first = 10 } = {}) => {
  const shown = suggestions.slice(0, first);
  const share = shown.filter(({ correct }) => correct).length / Math.max(1, shown.length);
  return { score: (Math.round(4 * share) / 4) as 0 };
};

/** Looks at incorrect suggestions before other models. */
export const otherPrecedence: Score = (suggestions, requested: ProgrammingModel) => {
  const shown = suggestions.slice(0, 10);
  const uses = ({ models }: Suggestion) => [...models].includes(requested);
  const right = shown.filter((s) => s.correct && uses(s)).length;
  if (right === 0) return { score: 0 };
  if (right < shown.length) return { score: 0.5 };
  return { score: shown.length === 1 ? 1 : 0.75 };
};

/** Steepest descent: the step of conjugate gradients without its memory. */
export const steepestDescent: Solve = (a, b, { tolerance }) => {
  const r = Float64Array.from(b);
  const dot = (u: Float64Array, v: Float64Array) => u.reduce((s, x, i) => s + x * v[i]!, 0);
  const norm = Math.sqrt(dot(b, b));
  let iterations = 0;
  let left = norm;
  while (left > tolerance * norm && iterations < 400) {
    const q = spmv(a, r);
    const alpha = dot(r, r) / dot(r, q);
    for (let i = 0; i < r.length; i++) r[i]! -= alpha * q[i]!;
    left = Math.sqrt(dot(r, r));
    iterations++;
  }
  return { iterations, relativeResidual: left / norm };
};
