/** Horner's rule, lowest power first. */
export function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let k = coefficients.length - 1; k >= 0; k--) sum = sum * x + coefficients[k]!;
  return sum;
}

/** Clenshaw's rule for a Chebyshev series whose constant coefficient is already halved. */
export function chebyshev(coefficients: readonly number[], y: number): number {
  let b1 = 0;
  let b2 = 0;
  for (let k = coefficients.length - 1; k > 0; k--) {
    const b0 = 2 * y * b1 - b2 + coefficients[k]!;
    b2 = b1;
    b1 = b0;
  }
  return y * b1 - b2 + coefficients[0]!;
}
