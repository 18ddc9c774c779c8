/**
 * The probability that the majority of R shots gives the wrong label, as a smooth function of the
 * probability p of the right outcome and the bias towards it (Havlicek et al. 2019, who write a
 * sigmoid for the normal distribution function): sigmoid of z = sqrt(R) (1/2 - p - b / 2) /
 * sqrt(2 p (1 - p)), and its derivatives.
 */
export function risk(
  p: number,
  bias: number,
  shots: number,
): { value: number; byP: number; byBias: number } {
  // no division by zero where all shots agree
  const edge = 1 / (2 * shots);
  const q = Math.min(1 - edge, Math.max(edge, p));
  const spread = Math.sqrt(2 * q * (1 - q));
  const gap = 0.5 - q - bias / 2;
  const z = (Math.sqrt(shots) * gap) / spread;
  const value = 1 / (1 + Math.exp(-z));
  const slope = value * (1 - value) * (Math.sqrt(shots) / spread);
  const byP = q === p ? slope * (-1 - (gap * (1 - 2 * q)) / (2 * q * (1 - q))) : 0;
  return { value, byP, byBias: -slope / 2 };
}
