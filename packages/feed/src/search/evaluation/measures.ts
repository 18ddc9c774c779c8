/** How good a paper is for a query, by its id: gains above zero. */
export type Gains = ReadonlyMap<string, number>;

/**
 * Normalised discounted cumulative gain of the first k (Järvelin and Kekäläinen 2002), 0..1: gains
 * over log2 of rank + 1, by those of the best possible list. 0 where nothing has a gain.
 */
export function normalizedGain(ranked: readonly string[], gains: Gains, k: number): number {
  const best = discounted([...gains.values()].sort((a, b) => b - a).slice(0, k));
  return best === 0 ? 0 : discounted(ranked.slice(0, k).map((id) => gains.get(id) ?? 0)) / best;
}

const discounted = (gains: readonly number[]) =>
  gains.reduce((sum, gain, i) => sum + gain / Math.log2(i + 2), 0);

/** The mean, over all relevant papers, of the precision at their ranks; 0 for one not listed. */
export function averagePrecision(ranked: readonly string[], gains: Gains): number {
  let found = 0;
  let sum = 0;
  ranked.forEach((id, i) => {
    if (gains.has(id)) sum += ++found / (i + 1);
  });
  return gains.size === 0 ? 0 : sum / gains.size;
}

/** One over the rank of the first relevant paper, if it is among the first k. */
export function reciprocalRank(ranked: readonly string[], gains: Gains, k: number): number {
  const first = ranked.slice(0, k).findIndex((id) => gains.has(id));
  return first < 0 ? 0 : 1 / (first + 1);
}

/** How much of what is relevant is among the first k. */
export function recall(ranked: readonly string[], gains: Gains, k: number): number {
  const found = ranked.slice(0, k).filter((id) => gains.has(id)).length;
  return gains.size === 0 ? 0 : found / gains.size;
}
