import type { Activation } from "./activations.ts";

/** What the variance depends on. */
interface Estimator {
  activation: Activation;
  moments: NonNullable<Activation["moments"]>;
  dimension: number;
  features: number;
  tilt: number;
  balance: number;
}

/**
 * The variance of the mean over the draws of Re c e^(ikb) L(ikx) L(w). Of one draw, with A = L(ikx) L(w):
 * E Re(cA)^2 = (E |cA|^2 + Re E c^2 A^2) / 2, where both expectations over normal g are Gaussian
 * integrals: (1 + 4M)^d (1 + 8M)^(-d/2) exp(2 r |w|^2 - |w|^2 + k^2 |x|^2) and
 * the same of exp(2 r (w + ikx)^2 - |w|^2 + k^2 |x|^2), r = (1 + 4M) / (1 + 8M).
 */
export function estimateVariance(
  { activation, moments, dimension: d, features, tilt, balance }: Estimator,
  x: Float64Array,
  w: Float64Array,
  b: number,
): number {
  let [xx, ww, wx] = [0, 0, 0];
  for (let j = 0; j < d; j++) {
    xx += (x[j]! / balance) ** 2;
    ww += (w[j]! * balance) ** 2;
    wx += w[j]! * x[j]!;
  }
  const r = (1 + 4 * tilt) / (1 + 8 * tilt);
  const { absolute, square } = moments(xx, (2 * r - 1) * xx, 4 * r * wx + 2 * b);
  const common = Math.exp(d * (Math.log1p(4 * tilt) - Math.log1p(8 * tilt) / 2) + (2 * r - 1) * ww);
  const second = (common * (absolute + square)) / 2;
  return (second - activation.value(wx + b) ** 2) / (features / 2);
}
