/**
 * For tests: chi-square of whole-numbered draws against a symmetric law p(|z|), in cells of at least
 * `least` expected; with the number of cells. The rest is one cell more.
 */
export function chiSquare(
  draws: Float64Array,
  p: (z: number) => number,
  least = 20,
): { sum: number; cells: number } {
  const counts = new Map<number, number>();
  for (const z of draws) counts.set(z, (counts.get(z) ?? 0) + 1);
  const n = draws.length;
  let [sum, cells, left, seen] = [0, 0, n, 0];
  for (let z = 0; ; z = z > 0 ? -z : 1 - z) {
    const expected = n * p(Math.abs(z));
    if (expected < least) break;
    const count = counts.get(z) ?? 0;
    sum += (count - expected) ** 2 / expected;
    cells++;
    left -= expected;
    seen += count;
  }
  if (left > 5) sum += (n - seen - left) ** 2 / left;
  return { sum, cells };
}
