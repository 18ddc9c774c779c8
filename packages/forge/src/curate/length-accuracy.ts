import { domainError } from "@daily-kernel/compute";
import { checkPool } from "./check-pool.ts";
import { Z95 } from "./normal-tail.ts";
import type { TracePool } from "./trace-pool.ts";

/**
 * 95 % interval of a proportion (Wilson 1927), inside [0, 1] also at its ends.
 * @throws RangeError unless 0 <= successes <= n and n >= 1, both whole.
 */
export function wilson(successes: number, n: number): readonly [low: number, high: number] {
  const whole = Number.isSafeInteger(successes) && Number.isSafeInteger(n);
  if (!whole || n < 1 || successes < 0 || successes > n) {
    throw domainError(
      `wilson: expected integers 0 <= successes <= n, n >= 1, got ${successes}, ${n}`,
    );
  }
  const p = successes / n;
  const square = (Z95 * Z95) / n;
  const centre = (p + square / 2) / (1 + square);
  const half = (Z95 / (1 + square)) * Math.sqrt((p * (1 - p)) / n + square / (4 * n));
  return [successes === 0 ? 0 : centre - half, successes === n ? 1 : centre + half];
}

/** Samples whose traces have `from` to `to` tokens, `to` excluded. */
export interface LengthBin {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly correct: number;
  readonly accuracy: number;
  /** Wilson, 95 %. */
  readonly interval: readonly [number, number];
}

/**
 * Share of correct kernels by length of trace over the whole pool, in bins of `binTokens` (256 as in
 * the paper); empty bins are left out. It mixes tasks: see `withinTaskEffect`.
 */
export function lengthAccuracyCurve(pool: TracePool, binTokens = 256): LengthBin[] {
  checkPool("lengthAccuracyCurve", pool);
  const { table } = pool;
  if (!Number.isSafeInteger(binTokens) || binTokens < 1) {
    throw domainError(`lengthAccuracyCurve: binTokens must be an integer >= 1, got ${binTokens}`);
  }
  const bins = new Map<number, { n: number; correct: number }>();
  for (let i = 0; i < table.rows; i++) {
    const k = Math.floor(table.tokens[i]! / binTokens);
    const bin = bins.get(k) ?? { n: 0, correct: 0 };
    bin.n += 1;
    bin.correct += table.correct[i]!;
    bins.set(k, bin);
  }
  return [...bins]
    .sort(([a], [b]) => a - b)
    .map(([k, { n, correct }]) => ({
      from: k * binTokens,
      to: (k + 1) * binTokens,
      n,
      correct,
      accuracy: correct / n,
      interval: wilson(correct, n),
    }));
}
