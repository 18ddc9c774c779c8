/** The common shape of two that broadcast, aligned at the end. */
export function broadcast(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const [p, q] = [a[i - rank + a.length] ?? 1, b[i - rank + b.length] ?? 1];
    if (p !== q && p !== 1 && q !== 1) {
      throw new TypeError(`shapes [${a.join(", ")}] and [${b.join(", ")}] do not broadcast`);
    }
    return p === 1 ? q : p;
  });
}
