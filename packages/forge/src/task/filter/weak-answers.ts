import type { Runs } from "./spread.ts";

/** Which answers that compute nothing a judge with |out - ref| <= t + t |ref| takes for right. */
export interface WeakAnswers {
  readonly tolerance: number;
  readonly zeros: boolean;
  /** One number for every element of every run. */
  readonly constant: boolean;
  /** What was right for the run before. */
  readonly replay: boolean;
}

/** All outputs must be taken in all runs, as such a judge asks for. */
export function weakAnswers(outputs: readonly Runs[], tolerance: number): WeakAnswers {
  const slack = (ref: number) => tolerance + tolerance * Math.abs(ref);
  const taken = (out: number, ref: number) => out === ref || Math.abs(out - ref) <= slack(ref);
  const every = (accept: (runs: Runs) => boolean) => outputs.length > 0 && outputs.every(accept);
  return {
    tolerance,
    zeros: every(({ values }) => values.every((v) => v.every((ref) => taken(0, ref)))),
    constant: every(({ values }) => {
      let [low, high] = [-Infinity, Infinity];
      for (const v of values) {
        for (const ref of v) {
          low = Math.max(low, ref - slack(ref));
          high = Math.min(high, ref + slack(ref));
        }
      }
      return low <= high;
    }),
    replay: every(({ values }) =>
      values.every((v, s) => {
        const before = values.at(s - 1) as Float64Array;
        return v.every((ref, i) => taken(before[i] as number, ref));
      }),
    ),
  };
}
