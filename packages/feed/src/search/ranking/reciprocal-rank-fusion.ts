/** The constant of the paper, which nobody has found reason to change. */
const K = 60;

/**
 * Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009): every list gives its entry of rank r
 * (from 1) 1 / (60 + r). Returns each entry's sum.
 */
export function reciprocalRankFusion<T>(lists: readonly (readonly T[])[]): Map<T, number> {
  const sums = new Map<T, number>();
  for (const list of lists) {
    list.forEach((entry, i) => void sums.set(entry, (sums.get(entry) ?? 0) + 1 / (K + 1 + i)));
  }
  return sums;
}
