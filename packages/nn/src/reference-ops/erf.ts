const twoOverRootPi = 2 / Math.sqrt(Math.PI);

/**
 * Error function to a few units of the last place: e^(-x^2) times the series of positive terms
 * x sum (2x^2)^n / (1 3 5 .. (2n+1)) (DLMF 7.6.2); +-1 beyond 6, as in double precision.
 */
export function erfOf(x: number): number {
  if (!(Math.abs(x) < 6)) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
    term *= (2 * x * x) / k;
    sum += term;
  }
  return twoOverRootPi * Math.exp(-x * x) * sum;
}
