import { Rng } from "@daily-kernel/compute";

/** Components that the search looks at; the weights 1/j^2 of later ones hardly count. */
const COMPONENTS = 32;
/** Terms that one search may sum. */
const BUDGET = 2 ** 25;
const FEWEST = 16;

const found = new Map<string, number>();

/** a^0, a^1, ... a^(d-1) modulo n, for n up to 2^26. */
export function korobovVector(a: number, n: number, d: number): Float64Array {
  const z = new Float64Array(d);
  for (let j = 0, power = 1 % n; j < d; j++, power = (power * a) % n) z[j] = power;
  return z;
}

/**
 * The multiplier a, prime to n, whose lattice (1, a, a^2, ...) k / n of n points has the smallest
 * P_2 = (1/n) sum_k prod_j (1 + 2 pi^2 B_2(x_kj) / j^2) - 1 (Korobov 1959; Sloan and Joe 1994): the
 * squared worst-case error of smoothness 2 with product weights. All a are tried while that takes
 * no more than 2^25 terms, else a fixed random choice of them. Remembered.
 */
export function korobovMultiplier(n: number, d: number): number {
  const key = `${n} ${d}`;
  let best = found.get(key);
  if (best === undefined) {
    best = search(n, Math.min(d, COMPONENTS));
    found.set(key, best);
  }
  return best;
}

function search(n: number, d: number): number {
  const half = Math.floor(n / 2);
  const tries = Math.max(FEWEST, Math.floor((2 * BUDGET) / (n * d)));
  const rng = tries < half ? new Rng(0, "korobov") : undefined;
  const bernoulli = Float64Array.from({ length: n }, (_, k) => {
    const x = k / n;
    return 2 * Math.PI ** 2 * (x * (x - 1) + 1 / 6);
  });
  let best = 1;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0, taken = 0; i < half && taken < tries; i++) {
    const a = rng === undefined ? i + 1 : 1 + rng.integer(half); // a and n - a are as good
    if (gcd(a, n) !== 1) continue;
    taken++;
    const merit = p2(korobovVector(a, n, d), n, bernoulli);
    if (merit < least) {
      least = merit;
      best = a;
    }
  }
  return best;
}

/** The sum over k of the product; k and n - k give the same. */
function p2(z: Float64Array, n: number, bernoulli: Float64Array): number {
  const products = new Float64Array(Math.floor(n / 2) + 1).fill(1);
  z.forEach((step, j) => {
    const weight = 1 / (j + 1) ** 2;
    for (let k = 0, at = 0; k < products.length; k++) {
      products[k]! *= 1 + weight * bernoulli[at]!;
      at += step;
      if (at >= n) at -= n;
    }
  });
  return products.reduce((sum, x, k) => sum + (k === 0 || 2 * k === n ? x : 2 * x), 0);
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
