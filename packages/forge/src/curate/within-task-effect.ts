import { checkPool } from "./check-pool.ts";
import { conditionalLogit } from "./conditional-logit.ts";
import { twoSidedTail, Z95 } from "./normal-tail.ts";
import type { TracePool } from "./trace-pool.ts";

/** In how many tasks the correct samples had the shorter traces, by mean log length. */
export interface SignTest {
  readonly shorterIsRight: number;
  readonly longerIsRight: number;
  readonly ties: number;
  /** Two-sided, exact (binomial with 1/2), ties left out; 1 where nothing is left. */
  readonly pValue: number;
}

export interface WithinTaskEffect {
  /** Log-odds of correctness for each doubling of the trace: below 0, shorter is right more often. */
  readonly logOddsPerDoubling: number;
  readonly standardError: number;
  /** Wald, 95 %. */
  readonly interval: readonly [number, number];
  /** Two-sided, Wald. */
  readonly pValue: number;
  /** Tasks with both outcomes, which alone say something, and their samples. */
  readonly tasks: number;
  readonly samples: number;
  readonly signTest: SignTest;
}

/** Rows of tasks that have correct and incorrect samples. */
function strata({ table }: TracePool) {
  return table
    .byTask()
    .map((rows) => ({
      x: rows.map((i) => Math.log2(table.tokens[i]!)),
      success: rows.map((i) => table.correct[i]!),
    }))
    .filter(({ success }) => success.includes(0) && success.includes(1));
}

/**
 * Whether, within one task, a shorter trace is more often right. Over a whole pool hard tasks cause
 * long traces and failures alike; with tasks as strata that cancels.
 * @throws Error `ERR_NUMERIC` where the regression has no finite answer; `lengthSignTest` still has.
 */
export function withinTaskEffect(pool: TracePool): WithinTaskEffect {
  checkPool("withinTaskEffect", pool);
  const informative = strata(pool);
  const { coefficient, standardError } = conditionalLogit(informative);
  return {
    logOddsPerDoubling: coefficient,
    standardError,
    interval: [coefficient - Z95 * standardError, coefficient + Z95 * standardError],
    pValue: twoSidedTail(coefficient / standardError),
    tasks: informative.length,
    samples: informative.reduce((sum, { x }) => sum + x.length, 0),
    signTest: lengthSignTest(pool),
  };
}

/** The sign test of the same question: one vote a task. */
export function lengthSignTest(pool: TracePool): SignTest {
  checkPool("lengthSignTest", pool);
  let shorterIsRight = 0;
  let longerIsRight = 0;
  let ties = 0;
  for (const { x, success } of strata(pool)) {
    const meanOf = (outcome: number) => {
      const chosen = x.filter((_, k) => success[k] === outcome);
      return chosen.reduce((sum, v) => sum + v, 0) / chosen.length;
    };
    const difference = meanOf(1) - meanOf(0);
    if (Math.abs(difference) < 1e-12) ties += 1;
    else if (difference < 0) shorterIsRight += 1;
    else longerIsRight += 1;
  }
  const n = shorterIsRight + longerIsRight;
  const pValue = signTail(n, Math.min(shorterIsRight, longerIsRight));
  return { shorterIsRight, longerIsRight, ties, pValue };
}

/** min(1, 2 P(X <= k)) for X binomial with n and 1/2, summed in logarithms. */
function signTail(n: number, k: number): number {
  let log = -n * Math.LN2; // of C(n, i) / 2^n
  let sum = 0;
  for (let i = 0; i <= k; i++) {
    sum += Math.exp(log);
    log += Math.log((n - i) / (i + 1));
  }
  return Math.min(1, 2 * sum);
}
