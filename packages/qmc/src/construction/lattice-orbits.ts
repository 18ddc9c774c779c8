import { DyadicOrbits } from "./dyadic-orbits.ts";
import { GroupOrbits } from "./group-orbits.ts";
import { korobovKernel } from "./korobov-kernel.ts";
import type { Orbits } from "./orbits.ts";

/** Orbits of rank-1 lattice rules with n points, n = 2^m or an odd prime, for P_alpha. */
export function latticeOrbits(n: number, alpha: number): Orbits {
  const kernel = korobovKernel(alpha);
  if (n % 2 === 0 || n === 1) return new DyadicOrbits(Math.log2(n), kernel, 2 ** -alpha);
  const order = (n - 1) / 2;
  const generator = primitiveRoot(n);
  const components = new Float64Array(order);
  const values = new Float64Array(order + 1);
  values[0] = kernel(0);
  let power = 1;
  for (let i = 0; i < order; i++) {
    components[i] = Math.min(power, n - power);
    values[i + 1] = kernel(power / n);
    power = (power * generator) % n;
  }
  return new GroupOrbits(values, components, 2);
}

/** Whether n >= 2 is prime; O(sqrt n). */
export function isPrime(n: number): boolean {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
  return n >= 2;
}

/** The distinct prime factors of n; O(sqrt n). */
export function primeFactors(n: number): number[] {
  const factors: number[] = [];
  let rest = n;
  for (let d = 2; d * d <= rest; d++) {
    if (rest % d === 0) factors.push(d);
    while (rest % d === 0) rest /= d;
  }
  if (rest > 1) factors.push(rest);
  return factors;
}

/** The least generator of the units modulo an odd prime. */
function primitiveRoot(p: number): number {
  const factors = primeFactors(p - 1);
  for (let g = 2; ; g++) if (factors.every((f) => powerMod(g, (p - 1) / f, p) !== 1)) return g;
}

function powerMod(base: number, exponent: number, n: number): number {
  let result = 1;
  let square = base % n;
  for (let bits = exponent; bits > 0; bits = Math.floor(bits / 2)) {
    if (bits % 2 === 1) result = (result * square) % n;
    square = (square * square) % n;
  }
  return result;
}
