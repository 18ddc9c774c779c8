import { checkType, domainError, typeError } from "@daily-kernel/compute";

/** A task as its text: what a model is asked, or the program that a kernel replaces. */
export interface TaskText {
  readonly id: string;
  readonly text: string;
}

export interface OverlapReport {
  readonly ngram: number;
  readonly evalTasks: number;
  /** Tasks of the pool that share an n-gram with a task of the evaluation, and the first such pair. */
  readonly contaminated: readonly {
    readonly poolTask: string;
    readonly evalTask: string;
    /** n-grams of the pool's task that occur in the evaluation, over all that it has. */
    readonly share: number;
    readonly example: string;
  }[];
}

/** Words in lower case, numbers, and every other sign on its own. */
const words = (text: string) =>
  text.toLowerCase().match(/[\p{L}_][\p{L}\p{N}_]*|\p{N}+|[^\s]/gu) ?? [];

/** All n-grams, or the whole text where it is shorter: a short task can be copied too. */
function* ngrams(text: string, n: number): Generator<string> {
  const tokens = words(text);
  if (tokens.length === 0) return;
  for (let i = 0; i + n <= Math.max(tokens.length, n); i++) yield tokens.slice(i, i + n).join(" ");
}

/**
 * Which tasks of a pool contain text of an evaluation: any shared run of `ngram` words (13 as usual
 * since Brown et al. 2020, appendix C), case and white space aside. Linear in the texts.
 * @throws TypeError for what is no list of `{ id, text }`, RangeError for an `ngram` below 1.
 */
export function overlap(
  poolTasks: readonly TaskText[],
  evalTasks: readonly TaskText[],
  { ngram = 13 }: { ngram?: number } = {},
): OverlapReport {
  if (!Number.isSafeInteger(ngram) || ngram < 1) {
    throw domainError(`overlap: ngram must be an integer >= 1, got ${ngram}`);
  }
  for (const [name, tasks] of Object.entries({ poolTasks, evalTasks })) {
    checkType(Array.isArray(tasks), "overlap", name, "an array of tasks", tasks);
    const wrong = tasks.findIndex((t) => typeof t?.id !== "string" || typeof t.text !== "string");
    if (wrong >= 0) throw typeError(`overlap: ${name} must hold { id, text }, not so at ${wrong}`);
  }
  const seen = new Map<string, string>();
  for (const { id, text } of evalTasks) {
    for (const gram of ngrams(text, ngram)) if (!seen.has(gram)) seen.set(gram, id);
  }
  const contaminated: OverlapReport["contaminated"][number][] = [];
  for (const { id, text } of poolTasks) {
    let all = 0;
    let shared = 0;
    let first: string | undefined;
    for (const gram of ngrams(text, ngram)) {
      all += 1;
      if (!seen.has(gram)) continue;
      shared += 1;
      first ??= gram;
    }
    if (first === undefined) continue;
    const evalTask = seen.get(first)!;
    contaminated.push({ poolTask: id, evalTask, share: shared / all, example: first });
  }
  return { ngram, evalTasks: evalTasks.length, contaminated };
}
