/** log(e^a + e^b), minus infinity being the logarithm of 0. */
function logAdd(a: number, b: number): number {
  const high = Math.max(a, b);
  return high === Number.NEGATIVE_INFINITY
    ? high
    : high + Math.log1p(Math.exp(Math.min(a, b) - high));
}

/**
 * log e_l(x_0, ..., x_(n-1)) of the elementary symmetric polynomials for l = 0..k, n = 0..N: row n at
 * n (k + 1). In logarithms, so that nothing overflows; all terms are positive. O(N k).
 */
export function logElementary(x: ArrayLike<number>, k: number): Float64Array {
  const width = k + 1;
  const table = new Float64Array((x.length + 1) * width).fill(Number.NEGATIVE_INFINITY);
  table[0] = 0;
  for (let n = 0; n < x.length; n++) {
    const log = Math.log(x[n]!);
    table[(n + 1) * width] = 0;
    for (let l = 1; l <= k; l++) {
      table[(n + 1) * width + l] = logAdd(table[n * width + l]!, log + table[n * width + l - 1]!);
    }
  }
  return table;
}

/** The probability that a set of k indices, weighted by the product of its x, holds each index. O(N k^2). */
export function memberProbabilities(x: ArrayLike<number>, k: number): Float64Array {
  const n = x.length;
  const width = k + 1;
  const before = logElementary(x, k);
  const after = logElementary(Float64Array.from(x).reverse(), k);
  const total = before[n * width + k]!;
  return Float64Array.from({ length: n }, (_, i) => {
    let rest = Number.NEGATIVE_INFINITY;
    for (let l = 0; l < k; l++) {
      rest = logAdd(rest, before[i * width + l]! + after[(n - 1 - i) * width + k - 1 - l]!);
    }
    return Math.min(1, Math.exp(Math.log(x[i]!) + rest - total));
  });
}
