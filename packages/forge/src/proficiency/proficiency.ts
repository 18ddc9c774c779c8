import { checkObject, checkType, domainError, typeError } from "@daily-kernel/compute";
import { describeModel, type ProgrammingModel } from "./models.ts";

/** One completion of a prompt, judged: whether it computes the kernel, and the models that it uses. */
export interface Suggestion {
  readonly source: string;
  readonly correct: boolean;
  readonly models: Iterable<ProgrammingModel>;
}

export type ProficiencyLevel = "non-knowledge" | "novice" | "learner" | "proficient" | "expert";

/** The score of one prompt. */
export interface Proficiency {
  readonly score: 0 | 0.25 | 0.5 | 0.75 | 1;
  readonly level: ProficiencyLevel;
  /** The rule that decided, with numbers. */
  readonly why: string;
}

export interface ProficiencyOptions {
  /** Suggestions after these do not count: default 10. */
  readonly first?: number;
  /** Suggestions that differ in white space only count as one: default false. */
  readonly merge?: boolean;
}

const scores = {
  "non-knowledge": 0,
  novice: 0.25,
  learner: 0.5,
  proficient: 0.75,
  expert: 1,
} as const satisfies Record<ProficiencyLevel, number>;

/** Suggestions that say the same, the first of each kept; the limit is applied before. */
function merged(suggestions: readonly Suggestion[]): Suggestion[] {
  const bySource = new Map<string, Suggestion>();
  for (const suggestion of suggestions) {
    const key = suggestion.source.replace(/\s+/g, " ").trim();
    if (!bySource.has(key)) bySource.set(key, suggestion);
  }
  return [...bySource.values()];
}

/**
 * How well a code model knows `requested` by its suggestions for one prompt (Godoy et al. 2023): of
 * the first ten, a suggestion counts as correct only if it uses the requested model. No such one:
 * 0. Else any suggestion that uses another model (`serial` is one): 0.25. Else any incorrect one:
 * 0.5. Else 1 for a single suggestion and 0.75 for more.
 *
 * @throws TypeError for suggestions of another form; RangeError for an unknown model or a `first`
 *   that is no whole number >= 1.
 */
export function proficiency(
  suggestions: readonly Suggestion[],
  requested: ProgrammingModel,
  options: ProficiencyOptions = {},
): Proficiency {
  checkObject("proficiency", "options", options);
  const { first = 10, merge = false } = options;
  describeModel("proficiency", requested);
  checkType(typeof first === "number", "proficiency", "first", "a number", first);
  checkType(typeof merge === "boolean", "proficiency", "merge", "a boolean", merge);
  if (!(Number.isSafeInteger(first) && first >= 1)) {
    throw domainError(`proficiency: first must be a whole number >= 1, got ${first}`);
  }
  if (!Array.isArray(suggestions)) throw typeError("proficiency: suggestions must be an array");
  for (const [k, suggestion] of suggestions.entries()) {
    const { source, correct, models } = (suggestion ?? {}) as Partial<Suggestion>;
    const ok = typeof source === "string" && typeof correct === "boolean";
    if (!ok || typeof models === "string" || models?.[Symbol.iterator] === undefined) {
      throw typeError(
        `proficiency: suggestions[${k}] must have a source, whether it is correct, and its models`,
      );
    }
  }
  const shown = suggestions.slice(0, first);
  const judged = (merge ? merged(shown) : shown).map(({ correct, models }) => {
    const used = new Set(models);
    const others = [...used].filter((model) => model !== requested);
    return { others, right: correct && used.has(requested) };
  });
  const count = judged.length;
  const right = judged.filter((suggestion) => suggestion.right).length;
  const others = [...new Set(judged.flatMap((suggestion) => suggestion.others))];
  const decided = (level: ProficiencyLevel, why: string) => ({ score: scores[level], level, why });
  if (count === 0) return decided("non-knowledge", "no suggestion");
  if (right === 0) return decided("non-knowledge", `none of ${count} is correct in ${requested}`);
  if (others.length > 0) {
    const also = others.join(", ");
    return decided("novice", `${right} of ${count} correct, but ${also} among them`);
  }
  if (right < count) return decided("learner", `${right} of ${count} correct, all ${requested}`);
  if (count === 1) return decided("expert", `a single suggestion, correct in ${requested}`);
  return decided("proficient", `all ${count} correct in ${requested}`);
}
