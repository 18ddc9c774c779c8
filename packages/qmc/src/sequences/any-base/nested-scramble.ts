import { isPrime } from "../primes.ts";

const PATH = 0x9e37_79b1;

/** A bijection of 32-bit words whose output bits all depend on all input bits. */
export function mix32(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x7feb_352d);
  x = Math.imul(x ^ (x >>> 15), 0x846c_a68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** floor(x n / 2^32) for a 32-bit word x and n < 2^21: uniform in 0..n-1. */
function scale(x: number, n: number): number {
  return Math.floor((x * n) / 2 ** 32);
}

/**
 * Owen's nested uniform scramble of digits in place. The permutation of a digit is drawn at the node
 * of the digits before it; a node's two words are a hash of the words above it and the digit that
 * leads to it, so nothing is stored, and a point's scramble does not depend on other points. In a
 * prime base permutations are the b (b - 1) maps y -> a y + c: any two digits go to any two
 * with the same chance, which is all that the variance depends on (Owen 2003). In other bases
 * they are all b!.
 */
export function nestedScramble(
  digits: Uint32Array,
  base: number,
  key: readonly [number, number],
): void {
  const permute = isPrime(base) ? affine : shuffled;
  let [first, second] = key;
  for (let t = 0; t < digits.length; t++) {
    const y = digits[t]!;
    digits[t] = permute(y, base, first, second);
    first = mix32((first + Math.imul(y + 1, PATH)) | 0);
    second = mix32(second ^ first);
  }
}

function affine(y: number, base: number, first: number, second: number): number {
  return ((1 + scale(first, base - 1)) * y + scale(second, base)) % base;
}

/** The image of y under a Fisher-Yates shuffle whose numbers are hashes of the node's words. */
function shuffled(y: number, base: number, first: number, second: number): number {
  const order = Uint32Array.from({ length: base }, (_, i) => i);
  for (let i = base - 1; i > 0; i--) {
    first = mix32((first + PATH) | 0);
    second = mix32(second ^ first);
    const j = scale(second, i + 1);
    const held = order[i]!;
    order[i] = order[j]!;
    order[j] = held;
  }
  return order[y]!;
}
