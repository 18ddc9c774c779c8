import { checkType } from "./checks.ts";
import { domainError } from "./errors.ts";
import type { Rng } from "./rng.ts";
import { expNegative, log } from "./rng-math.ts";

function requireShape(fn: string, name: string, value: number): void {
  checkType(typeof value === "number", fn, name, "a number", value);
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
    throw domainError(`${fn}: ${name} must be a finite number > 0, got ${value}`);
  }
}

/** Gamma variate for shape >= 1: Marsaglia and Tsang, ACM TOMS 26 (2000) 363. */
function gammaAboveOne(rng: Rng, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(d) / 3;
  for (;;) {
    const x = rng.normal();
    const t = 1 + c * x;
    if (t <= 0) continue;
    const v = t * t * t;
    if (log(1 - rng.uniform()) < 0.5 * x * x + d * (1 - v + log(v))) return d * v;
  }
}

/** Gamma variate of scale 1. Below shape 1: the variate of shape + 1 times U^(1/shape). */
export function gamma(rng: Rng, shape: number): number {
  requireShape("Rng.gamma", "shape", shape);
  if (shape >= 1) return gammaAboveOne(rng, shape);
  const g = gammaAboveOne(rng, shape + 1);
  return g * expNegative(log(1 - rng.uniform()) / shape);
}

/**
 * Beta variate. Both parameters <= 1: Jöhnk (1964), in logarithms because the powers of uniforms
 * underflow together for small parameters. Otherwise X / (X + Y) of two gamma variates.
 */
export function beta(rng: Rng, a: number, b: number): number {
  requireShape("Rng.beta", "a", a);
  requireShape("Rng.beta", "b", b);
  if (a > 1 || b > 1) {
    const x = gamma(rng, a);
    return 1 / (1 + gamma(rng, b) / x);
  }
  for (;;) {
    const u = log(1 - rng.uniform());
    const v = log(1 - rng.uniform());
    const x = u / a;
    const y = v / b;
    const top = Math.max(x, y);
    if (top === Number.NEGATIVE_INFINITY) {
      // Both leave the range, so e^(x - y) is 0 or infinite: the larger one takes all.
      return (1 + Math.sign(u / (a * 2 ** 600) - v / (b * 2 ** 600))) / 2;
    }
    const sum = expNegative(x - top) + expNegative(y - top); // in [1, 2]
    if (top + log(sum) <= 0) return expNegative(x - top) / sum;
  }
}
