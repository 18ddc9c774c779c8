/**
 * P(|Z| > z) of a standard normal Z for z >= 0: erfc(z / sqrt 2), by its series below 3 and its
 * continued fraction above (Abramowitz and Stegun 7.1.5 and 7.1.14); relative error below 1e-12.
 */
export function twoSidedTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  if (x === 0) return 1;
  if (x < 2) {
    let term = x;
    let sum = x;
    for (let k = 1; Math.abs(term) > 1e-17 * sum; k++) {
      term *= (-x * x) / k;
      sum += term / (2 * k + 1);
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let k = 120; k >= 1; k--) fraction = k / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}

/** The number that a standard normal exceeds in absolute value with a probability of 5 %. */
export const Z95 = 1.959963984540054;
