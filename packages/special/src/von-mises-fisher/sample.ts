import type { Rng } from "@daily-kernel/compute";

/**
 * Draws 1 - cos of the angle to the mean direction: Wood's rejection from a transformed beta
 * variable (Wood 1994, algorithm VM*), rewritten in 1 - x0 and 1 - w so that nothing cancels at
 * large kappa. Expected number of trials below 1.6 for every p and kappa.
 */
export function versineSampler(p: number, kappa: number): (rng: Rng) => number {
  const half = (p - 1) / 2;
  const b = (p - 1) / (2 * kappa + Math.hypot(2 * kappa, p - 1));
  const oneMinusX0 = (2 * b) / (1 + b);
  const x0 = (1 - b) / (1 + b);
  const oneMinusX0Squared = (4 * b) / (1 + b) ** 2;
  return (rng) => {
    for (;;) {
      const z = rng.beta(half, half);
      const versine = (2 * b * z) / (1 - z + b * z);
      const beyond = oneMinusX0 - versine;
      const logAccept = kappa * beyond + (p - 1) * Math.log1p((-x0 * beyond) / oneMinusX0Squared);
      if (logAccept >= -rng.exponential()) return versine;
    }
  };
}

/**
 * Writes one draw of vMF(mean, kappa) into `out`: cosine from the sampler, direction uniform in the
 * tangent space, carried from the first axis to the mean by a reflection. O(p).
 */
export function drawDirection(
  out: Float64Array,
  mean: Float64Array,
  versine: number,
  rng: Rng,
): void {
  const p = mean.length;
  const tangent = out.subarray(1);
  let square = 0;
  while (square === 0) {
    rng.fillNormal(tangent);
    for (let j = 1; j < p; j++) square += out[j]! * out[j]!;
  }
  const sine = Math.sqrt(versine * (2 - versine));
  const scale = sine / Math.sqrt(square);
  for (let j = 1; j < p; j++) out[j]! *= scale;
  out[0] = 1 - versine;
  reflectFirstAxisTo(out, mean);
}

/** Householder reflection that takes e1 to the mean, in the sign that does not cancel. */
function reflectFirstAxisTo(out: Float64Array, mean: Float64Array): void {
  const sign = mean[0]! > 0 ? -1 : 1;
  // u = e1 - sign mean, |u|^2 = 2 (1 - sign mean_1); H e1 = sign mean
  const first = 1 - sign * mean[0]!;
  let dot = first * out[0]!;
  for (let j = 1; j < mean.length; j++) dot -= sign * mean[j]! * out[j]!;
  const factor = dot / first;
  out[0] = sign * (out[0]! - factor * first);
  for (let j = 1; j < mean.length; j++) out[j] = sign * (out[j]! + factor * sign * mean[j]!);
}
