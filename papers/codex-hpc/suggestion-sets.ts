import type { Rng } from "@daily-kernel/compute";
import type {
  Proficiency,
  ProficiencyOptions,
  ProgrammingModel,
  Suggestion,
} from "@daily-kernel/forge";

export type Score = (
  suggestions: readonly Suggestion[],
  requested: ProgrammingModel,
  options?: ProficiencyOptions,
) => Pick<Proficiency, "score">;

const requested: ProgrammingModel = "openmp";
const others: readonly ProgrammingModel[] = ["serial", "openacc", "cuda", "openmp-offload"];
export const levels = [0, 0.25, 0.5, 0.75, 1] as const;
const names = ["non-knowledge", "novice", "learner", "proficient", "expert"];

const of = (rng: Rng, correct: boolean, model: ProgrammingModel): Suggestion => ({
  source: `// ${rng.uint32()}`,
  correct,
  models: [model],
});

const some = (rng: Rng, most: number, draw: () => Suggestion): Suggestion[] =>
  Array.from({ length: rng.integer(most + 1) }, draw);

/** A set that has one level by construction, in random order, with more behind the tenth. */
function setOf(level: number, rng: Rng): Suggestion[] {
  const right = () => of(rng, true, requested);
  const wrong = () => of(rng, false, requested);
  const other = () => of(rng, rng.integer(2) === 0, others[rng.integer(others.length)]!);
  const parts: Record<number, () => Suggestion[]> = {
    0: () => [...some(rng, 5, wrong), ...some(rng, 5, other)],
    0.25: () => [
      right(),
      other(),
      ...some(rng, 3, right),
      ...some(rng, 3, wrong),
      ...some(rng, 2, other),
    ],
    0.5: () => [right(), wrong(), ...some(rng, 4, right), ...some(rng, 4, wrong)],
    0.75: () => [right(), right(), ...some(rng, 8, right)],
    1: () => [right()],
  };
  const set = parts[level]!();
  const shuffled = [...rng.permutation(set.length)].map((at) => set[at]!);
  // What comes after the tenth must not matter.
  if (shuffled.length === 10) shuffled.push(right(), wrong(), other());
  return shuffled;
}

/** How often each level is what the metric returns, over `count` sets of each. */
export function levelsFound(score: Score, count: number, rng: Rng) {
  return levels.map((level, k) => {
    let found = 0;
    for (let i = 0; i < count; i++)
      if (score(setOf(level, rng), requested).score === level) found++;
    return { level, name: names[k]!, found, count };
  });
}

/** How a generator answers: shares of correct suggestions, of other models, and of repetitions. */
export interface Generator {
  readonly name: string;
  readonly correct: number;
  readonly other: number;
  /** How likely a suggestion is to be a copy of an earlier one. */
  readonly repeats: number;
}

export const generators: readonly Generator[] = [
  { name: "always right", correct: 1, other: 0, repeats: 0.5 },
  { name: "right nine times in ten", correct: 0.9, other: 0, repeats: 0.3 },
  {
    name: "right every other time, one in ten in another model",
    correct: 0.5,
    other: 0.1,
    repeats: 0.3,
  },
];

function answers({ correct, other, repeats }: Generator, count: number, rng: Rng): Suggestion[] {
  const all: Suggestion[] = [];
  for (let i = 0; i < count; i++) {
    if (i > 0 && rng.uniform() < repeats) all.push(all[rng.integer(i)]!);
    else {
      const foreign = rng.uniform() < other;
      all.push(of(rng, rng.uniform() < correct, foreign ? others[0]! : requested));
    }
  }
  return all;
}

/** The mean score of a generator by the number of suggestions that are looked at. */
export function meanScore(
  score: Score,
  generator: Generator,
  { first, merge, trials }: { first: number; merge: boolean; trials: number },
  rng: Rng,
): number {
  let sum = 0;
  for (let i = 0; i < trials; i++) {
    sum += score(answers(generator, 10, rng), requested, { first, merge }).score;
  }
  return sum / trials;
}
