/**
 * u - log(1+u) for u > -1, without cancellation at small u: half the squared distance to a maximum
 * that incomplete gamma and beta integrands are measured by.
 */
export function deviance(u: number): number {
  if (Math.abs(u) > 0.4) return u - Math.log1p(u);
  // log(1+u) = 2 atanh(s) and u - 2s = us
  const s = u / (2 + u);
  const w = s * s;
  let sum = 0;
  for (let k = 29; k >= 3; k -= 2) sum = sum * w + 1 / k;
  return s * (u - 2 * w * sum);
}
