import { primeFactors } from "./lattice-orbits.ts";

/** Polynomials over the field of two elements, of degree below 31: bit k is the coefficient of x^k. */

export const degree = (p: number): number => 31 - Math.clz32(p);

/** a b modulo f, for a and b of smaller degree than f. */
export function multiplyModulo(a: number, b: number, f: number): number {
  const top = 1 << degree(f);
  let product = 0;
  for (let bits = b, shifted = a; bits !== 0; bits >>>= 1) {
    if (bits & 1) product ^= shifted;
    shifted <<= 1;
    if (shifted & top) shifted ^= f;
  }
  return product;
}

/** a^exponent modulo f. */
function power(a: number, exponent: number, f: number): number {
  let result = 1;
  let square = a;
  for (let bits = exponent; bits > 0; bits >>>= 1) {
    if (bits & 1) result = multiplyModulo(result, square, f);
    square = multiplyModulo(square, square, f);
  }
  return result;
}

/** Whether f, of degree >= 1, has no factor of smaller degree >= 1. O(2^(degree / 2)). */
export function isIrreducible(f: number): boolean {
  for (let g = 2; 2 * degree(g) <= degree(f); g++) if (remainder(f, g) === 0) return false;
  return degree(f) >= 1;
}

function remainder(a: number, b: number): number {
  let rest = a;
  while (rest !== 0 && degree(rest) >= degree(b)) rest ^= b << (degree(rest) - degree(b));
  return rest;
}

/** The least polynomial whose powers are all nonzero residues modulo an irreducible f. */
export function groupGenerator(f: number): number {
  const order = 2 ** degree(f) - 1;
  const factors = primeFactors(order);
  for (let g = 1; ; g++) if (factors.every((p) => power(g, order / p, f) !== 1)) return g;
}

/** The least irreducible polynomial of degree m >= 1 modulo which x generates all residues but 0. */
export function primitivePolynomial(m: number): number {
  for (let f = 2 ** m + 1; ; f += 2) {
    const generator = m === 1 || groupGenerator(f) === 2;
    if (isIrreducible(f) && generator) return f;
  }
}

/** The first `count` coefficients of p / f in powers of 1/x as one integer, the first its highest bit. */
export function seriesBits(p: number, f: number, count: number): number {
  const top = 1 << degree(f);
  let rest = p;
  let bits = 0;
  for (let i = 0; i < count; i++) {
    rest <<= 1;
    bits *= 2;
    if (rest & top) {
      rest ^= f;
      bits++;
    }
  }
  return bits;
}
