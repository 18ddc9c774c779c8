import { COSH_M1, SINH_MS, TRAPEZOID_NODES, TRAPEZOID_STEP } from "./tables.ts";

/** Terms below exp(-NATS) of the peak are left out. */
const NATS = 40;
/** log(TRAPEZOID_STEP / 2). */
const LOG_HALF_STEP = Math.log(TRAPEZOID_STEP / 2);

/**
 * K_v(x) = 1/2 int exp(v t - x cosh t) dt over the line. Moved to the peak, sinh t0 = v / x, the
 * exponent is -v eta - R (cosh s - 1) - v (sinh s - s): the nodes s = j h are the same for every
 * argument, and nothing cancels. The trapezoid rule leaves |K_{v+2 pi i/h} / K_v| < 1e-17 here
 * (v < 16, 1 <= x < 25).
 */
export function logTrapezoidSum(v: number, r: number): number {
  let sum = 1;
  for (let j = 1; j <= TRAPEZOID_NODES; j++) {
    const e = r * COSH_M1[j]! + v * SINH_MS[j]!;
    if (e > NATS) break;
    sum += Math.exp(-e);
  }
  for (let j = 1; j <= TRAPEZOID_NODES; j++) {
    const e = r * COSH_M1[j]! - v * SINH_MS[j]!;
    if (e > NATS) break;
    sum += Math.exp(-e);
  }
  return LOG_HALF_STEP + Math.log(sum);
}

/**
 * Means over the same integrand: `up` = mean of exp(s), so that K_{v+1} / K_v = exp(t0) up;
 * `shift` = mean of s, so that d log K / dv = t0 + shift; `spread` = variance of x cosh t, so that
 * d2 log K / dx2 = spread / x^2, a sum of squares that does not cancel.
 */
export function trapezoidMeans(
  v: number,
  r: number,
): { up: number; shift: number; spread: number } {
  let sum = 1;
  let up = 1;
  let shift = 0;
  let first = 0;
  let second = 0;
  for (let j = -TRAPEZOID_NODES; j <= TRAPEZOID_NODES; j++) {
    if (j === 0) continue;
    const i = Math.abs(j);
    const side = Math.sign(j);
    const s = j * TRAPEZOID_STEP;
    const sinhMs = side * SINH_MS[i]!;
    const weight = Math.exp(-(r * COSH_M1[i]! + v * sinhMs));
    const move = r * COSH_M1[i]! + v * (sinhMs + s); // x cosh(t0 + s) - x cosh(t0)
    sum += weight;
    up += weight * (1 + COSH_M1[i]! + sinhMs + s);
    shift += weight * s;
    first += weight * move;
    second += weight * move * move;
  }
  const mean = first / sum;
  return { up: up / sum, shift: shift / sum, spread: second / sum - mean * mean };
}
