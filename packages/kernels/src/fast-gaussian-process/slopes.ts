import type { FastData } from "./data.ts";

/**
 * The derivative of the log likelihood by each eigenvalue without the noise, times `unit` (in its own
 * unit it may leave the range of doubles), and by all at once, as noise moves them. An eigenvalue that
 * was lifted moves with what it was lifted to, the root mean square of all, and not with the noise.
 */
export function eigenvalueSlopes(data: FastData): { slopes: Float64Array; sum: number } {
  const { gram, eigenvalues, powers, noise, unit, floor, jitter } = data;
  const slopes = eigenvalues.map((v, k) => 0.5 * ((powers[k]! / v - 1) / (v / unit)));
  if (jitter === 0) return { slopes, sum: total(slopes) };
  const { re } = gram.eigenvalues;
  let [ofFloor, squares] = [0, 0];
  for (let k = 0; k < re.length; k++) {
    squares += (re[k]! / unit) ** 2;
    if (re[k]! + noise >= floor) continue;
    ofFloor += slopes[k]!;
    slopes[k] = 0;
  }
  const sum = total(slopes);
  const share = (ofFloor * (floor / unit)) / squares;
  for (let k = 0; k < re.length; k++) slopes[k]! += share * (re[k]! / unit);
  return { slopes, sum };
}

const total = (values: Float64Array): number => values.reduce((sum, v) => sum + v, 0);
