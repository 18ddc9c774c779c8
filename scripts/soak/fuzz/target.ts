import fc from "fast-check";

/** What came of fuzzing one target. */
export interface Findings {
  readonly cases: number;
  /** How many cases ended in which way. */
  readonly outcomes: ReadonlyMap<string, number>;
  /** The longest case, in milliseconds, and the beginning of what it was. */
  readonly slowest: { readonly ms: number; readonly of: string };
  /** What should not have been, with how to repeat it. */
  readonly failures: readonly string[];
}

/** Something that is fuzzed. */
export interface Target {
  readonly name: string;
  /** Of a hundred cases, how many are its. */
  readonly share: number;
  run(plan: { cases: number; seed: number }): Promise<Findings>;
}

/**
 * A target of which each case is one value. `attempt` says in a word how it ended, and throws when
 * something is not as it should be. `lanes` cases run at once, each lane with a seed of its own.
 */
export function target<T>(options: {
  readonly name: string;
  readonly share: number;
  readonly values: fc.Arbitrary<T>;
  readonly attempt: (value: T) => string | Promise<string>;
  readonly lanes?: number;
}): Target {
  const { name, share, values, attempt, lanes = 1 } = options;
  return {
    name,
    share,
    async run({ cases, seed }) {
      const outcomes = new Map<string, number>();
      let slowest = { ms: 0, of: "" };
      const property = fc.asyncProperty(values, async (value) => {
        const begin = performance.now();
        const outcome = await attempt(value);
        const ms = performance.now() - begin;
        if (ms > slowest.ms) slowest = { ms, of: shown(value) };
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      });
      const details = await Promise.all(
        Array.from({ length: lanes }, (_, lane) =>
          // Shrinking where it is cheap: what a server was asked changes it.
          fc.check(property, {
            numRuns: Math.ceil(cases / lanes),
            seed: seed + lane,
            endOnFailure: lanes > 1,
          }),
        ),
      );
      return {
        cases: details.reduce((sum, { numRuns }) => sum + numRuns, 0),
        outcomes,
        slowest,
        failures: details
          .filter(({ failed }) => failed)
          .map(
            (one) =>
              `${name}, seed ${one.seed}, path ${one.counterexamplePath}: ${one.errorInstance} on ${shown(one.counterexample?.[0])}`,
          ),
      };
    },
  };
}

const shown = (value: unknown): string => {
  const text = value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value;
  return (JSON.stringify(text) ?? "").replace(/[^\x20-\x7e]/g, "?").slice(0, 400);
};

/** An error that tells a caller what was wrong: one with a code of ours. Others are thrown on. */
export function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  if (error instanceof Error && typeof code === "string" && code.startsWith("ERR_")) return code;
  throw error;
}
