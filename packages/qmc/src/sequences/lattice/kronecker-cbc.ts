import { richtmyer } from "./kronecker-alpha.ts";

/** Points whose discrepancies count. */
const POINTS = 1024;
/** Square roots of this many primes are the candidates: badly approximable, so good beyond POINTS too. */
const CANDIDATES = 512;
/** Components that can be had. */
export const mostCbcComponents = 256;

const chosen: bigint[] = [];
let products: Float64Array | undefined;
let candidates: BigUint64Array | undefined;

/**
 * The first d components of a Kronecker vector found component by component among frac sqrt(p): each
 * makes the sum over n <= 1024 of n D^2(n) least, where D is the discrepancy of the first n points
 * for the kernel prod_j (1 + 2 pi^2 B_2(x_j) / j^2). That sum is linear in the kernel at the
 * points, so a candidate costs one pass over them. Remembered; d is at most 256.
 */
export function cbcKronecker(d: number): BigUint64Array {
  candidates ??= richtmyer(CANDIDATES);
  // Sum over n > i of n * 2 (n - i) / n^2: how much the kernel at point i counts.
  products ??= Float64Array.from({ length: POINTS }, (_, i) => {
    let sum = 0;
    for (let n = i + 1; n <= POINTS; n++) sum += (2 * (n - i)) / n;
    return i === 0 ? 0 : sum;
  });
  while (chosen.length < d) extend(candidates, products);
  return BigUint64Array.from(chosen.slice(0, d));
}

function extend(candidates: BigUint64Array, products: Float64Array): void {
  const weight = (2 * Math.PI ** 2) / (chosen.length + 1) ** 2;
  let best = 0n;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (chosen.includes(candidate)) continue;
    const alpha = Number(candidate) / 2 ** 64;
    let sum = 0;
    for (let i = 1; i < POINTS; i++) sum += products[i]! * factor(weight, i * alpha);
    if (sum < least) {
      least = sum;
      best = candidate;
    }
  }
  const alpha = Number(best) / 2 ** 64;
  for (let i = 1; i < POINTS; i++) products[i]! *= factor(weight, i * alpha);
  chosen.push(best);
}

function factor(weight: number, y: number): number {
  const x = y - Math.floor(y);
  return 1 + weight * (x * (x - 1) + 1 / 6);
}
