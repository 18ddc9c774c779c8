import { checkNumbers, domainError, numericError, shapeError } from "@daily-kernel/compute";
import { common } from "./difficulty.ts";
import { twoSidedTail } from "./normal-tail.ts";

export interface RankAgreement {
  /** Kendall's tau-b, -1 to 1. */
  readonly tau: number;
  /** Two-sided: exact for at most 33 pairs without ties, else from the normal limit with ties. */
  readonly pValue: number;
  readonly n: number;
}

/** How two values of each task agree in rank, over the tasks that both have. */
export function rankAgreement(
  a: ReadonlyMap<string, number>,
  b: ReadonlyMap<string, number>,
): RankAgreement {
  const { x, y } = common("rankAgreement", a, b);
  return kendall(x, y);
}

/** Sums over groups of equal neighbours of `order`: pairs, and what the variance with ties needs. */
function groups(order: Uint32Array, equal: (i: number, j: number) => boolean) {
  let pairs = 0; // t (t - 1) / 2
  let cubic = 0; // t (t - 1) (t - 2)
  let weighted = 0; // t (t - 1) (2 t + 5)
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && equal(order[from]!, order[to]!)) to++;
    const t = to - from;
    pairs += (t * (t - 1)) / 2;
    cubic += t * (t - 1) * (t - 2);
    weighted += t * (t - 1) * (2 * t + 5);
    from = to;
  }
  return { pairs, cubic, weighted };
}

/** Pairs out of order, by merging (Knight 1966); sorts `y` in place. */
function inversions(y: Float64Array): number {
  const spare = new Float64Array(y.length);
  let count = 0;
  for (let width = 1; width < y.length; width *= 2) {
    for (let from = 0; from < y.length; from += 2 * width) {
      const middle = Math.min(from + width, y.length);
      const to = Math.min(from + 2 * width, y.length);
      let [i, j] = [from, middle];
      for (let k = from; k < to; k++) {
        const left = i < middle && (j >= to || y[i]! <= y[j]!);
        if (!left) count += middle - i;
        spare[k] = left ? y[i++]! : y[j++]!;
      }
    }
    y.set(spare);
  }
  return count;
}

/** Tau-b of two columns. O(n log n). @throws Error `ERR_NUMERIC` where a column is constant. */
export function kendall(x: ArrayLike<number>, y: ArrayLike<number>): RankAgreement {
  checkNumbers("kendall", "x", x);
  checkNumbers("kendall", "y", y);
  const n = x.length;
  if (n !== y.length || n < 2) {
    throw shapeError(`kendall: x and y must be of one length >= 2, got ${n} and ${y.length}`);
  }
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(x[i]) || !Number.isFinite(y[i]))
      throw domainError(`kendall: numbers must be finite, got ${x[i]}, ${y[i]} at index ${i}`);
  }
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  order.sort((i, j) => x[i]! - x[j]! || y[i]! - y[j]!);
  const tiesX = groups(order, (i, j) => x[i] === x[j]);
  const both = groups(order, (i, j) => x[i] === x[j] && y[i] === y[j]).pairs;
  const sorted = Float64Array.from(order, (i) => y[i]!);
  const discordant = inversions(sorted);
  const byY = Uint32Array.from({ length: n }, (_, i) => i);
  const tiesY = groups(byY, (i, j) => sorted[i] === sorted[j]);

  const pairs = (n * (n - 1)) / 2;
  if (tiesX.pairs === pairs || tiesY.pairs === pairs) {
    throw numericError("kendall: a column is constant, so that it ranks nothing");
  }
  const score = pairs - tiesX.pairs - tiesY.pairs + both - 2 * discordant;
  const tau = score / Math.sqrt((pairs - tiesX.pairs) * (pairs - tiesY.pairs));
  if (tiesX.pairs === 0 && tiesY.pairs === 0 && n <= 33) {
    return { tau, pValue: exactTail(n, Math.min(discordant, pairs - discordant)), n };
  }
  // Kendall (1970), Rank Correlation Methods, section 4.2
  const m = n * (n - 1);
  const variance =
    (m * (2 * n + 5) - tiesX.weighted - tiesY.weighted) / 18 +
    (2 * tiesX.pairs * tiesY.pairs) / m +
    (n > 2 ? (tiesX.cubic * tiesY.cubic) / (9 * m * (n - 2)) : 0);
  return { tau, pValue: twoSidedTail(score / Math.sqrt(variance)), n };
}

/** min(1, 2 P(inversions of a random order <= c)): the counts of Mahonian numbers over n!. */
function exactTail(n: number, c: number): number {
  let shares = new Float64Array(c + 1); // probabilities, so that n! need not fit
  shares[0] = 1;
  for (let size = 2; size <= n; size++) {
    const next = new Float64Array(c + 1);
    for (let k = 0; k <= c; k++) {
      for (let moved = 0; moved < size && moved <= k; moved++)
        next[k]! += shares[k - moved]! / size;
    }
    shares = next;
  }
  return Math.min(1, 2 * shares.reduce((sum, share) => sum + share, 0));
}
