/**
 * c_m = (2 pi)^m B_m(1/2) / m! = 2 (-1)^(m/2) (1 - 2^-m + 3^-m - ...) for even m > 0, and c_0 = 1.
 */
function midpoint(m: number): number {
  if (m === 0) return 1;
  const sign = m % 4 === 0 ? 2 : -2;
  if (m === 2) return (sign * Math.PI ** 2) / 12;
  if (m === 4) return (sign * 7 * Math.PI ** 4) / 720;
  if (m === 6) return (sign * 31 * Math.PI ** 6) / 30240;
  if (m === 8) return (sign * 127 * Math.PI ** 8) / 1209600;
  if (m === 10) return (sign * 73 * Math.PI ** 10) / 6842880;
  let sum = 0;
  for (let k = 40; k >= 1; k--) sum += (k % 2 === 1 ? 1 : -1) * k ** -m;
  return sign * sum;
}

/**
 * (2 pi)^n B_n(1/2 + t) / n! as a polynomial in s = (2 pi t)^2, times 2 pi t for odd n: coefficients
 * from the constant up. Around the middle of the unit interval, |t| <= 1/2, all is of the size of
 * the values themselves (cosh(pi) at most), so that nothing cancels at any order.
 */
export function bernoulliCoefficients(n: number): Float64Array {
  const odd = n % 2;
  const coefficients = new Float64Array((n - odd) / 2 + 1);
  let factorial = 1;
  for (let k = 0; k < coefficients.length; k++) {
    const power = 2 * k + odd;
    if (power > 1) factorial *= power * (power - 1);
    coefficients[k] = midpoint(n - power) / factorial;
  }
  return coefficients;
}

/** The value of such a polynomial at t, by Horner's rule. */
export function bernoulliValue(coefficients: Float64Array, odd: boolean, t: number): number {
  const u = 2 * Math.PI * t;
  const s = u * u;
  let value = coefficients[coefficients.length - 1]!;
  for (let k = coefficients.length - 2; k >= 0; k--) value = value * s + coefficients[k]!;
  return odd ? u * value : value;
}

/** (x - z) mod 1, less 1/2, for |x|, |z| < 1: exactly odd under exchange of x and z. */
export function centredDifference(x: number, z: number): number {
  const difference = x - z;
  const size = Math.abs(difference);
  const t = size - Math.floor(size) - 0.5;
  return difference >= 0 ? t : -t;
}
