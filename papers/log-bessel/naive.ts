import { lgamma } from "@daily-kernel/special";

/**
 * log I_v(x) as x + log of the scaled function exp(-x) I_v(x), which is summed in doubles from its
 * largest term outwards: the way of libraries that offer the scaled function. It loses the value
 * wherever the scaled function is below the smallest double, and nowhere else.
 */
export function naiveLogBesselI(v: number, x: number): number {
  const quarter = (x * x) / 4;
  const top = Math.floor((Math.hypot(x, v) - v) / 2);
  const logTop = (v + 2 * top) * Math.log(x / 2) - lgamma(top + 1) - lgamma(top + v + 1);
  const largest = Math.exp(logTop - x);
  let sum = largest;
  for (let k = top + 1, term = largest; term > 1e-17 * sum; k++) {
    term *= quarter / k / (k + v);
    sum += term;
  }
  for (let k = top, term = largest; k > 0 && term > 1e-17 * sum; k--) {
    term *= (k * (k + v)) / quarter;
    sum += term;
  }
  return x + Math.log(sum);
}
