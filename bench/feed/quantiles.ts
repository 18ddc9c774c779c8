/** Quantiles of some numbers, as text. */
export function quantiles(values: readonly number[], at: readonly number[] = [0.5, 0.95]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const pick = (q: number) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!;
  return at.map((q) => pick(q).toPrecision(3)).join(" / ");
}
