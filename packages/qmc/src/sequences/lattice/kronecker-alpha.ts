import { primes } from "../primes.ts";

/** 2^64 as the unit: alpha in [0, 1) is an integer of 64 bits. */
const UNIT = 1n << 64n;

/** Frac of a finite double as 64 fractional bits. */
export function wordOf(alpha: number): bigint {
  const x = alpha - Math.floor(alpha);
  const high = Math.floor(x * 2 ** 32);
  return (BigInt(high) << 32n) + BigInt(Math.floor((x * 2 ** 32 - high) * 2 ** 32));
}

/** Richtmyer (1951): frac sqrt(p) of the first d primes. */
export function richtmyer(d: number): BigUint64Array {
  return BigUint64Array.from(primes(d), (p) => squareRoot(BigInt(p) << 128n) % UNIT);
}

/**
 * Suzuki: frac 2^(j / (d + 1)) for j = 1..d, from 2^(1 / (d + 1)) in 256 bits, exact to the last of
 * the 64.
 */
export function suzuki(d: number): BigUint64Array {
  const bits = 256n;
  const one = 1n << bits;
  let ln2 = 0n;
  for (let k = 1n; k < bits; k++) ln2 += one / (k << k);
  const t = ln2 / BigInt(d + 1);
  let root = one;
  for (let term = one, k = 1n; term > 0n; k++) {
    term = (term * t) / (one * k);
    root += term;
  }
  let power = one;
  return BigUint64Array.from({ length: d }, () => {
    power = (power * root) >> bits;
    return (power >> (bits - 64n)) % UNIT;
  });
}

/** floor(sqrt(x)), by Newton's method from above. */
function squareRoot(x: bigint): bigint {
  let root = 1n << BigInt((x.toString(2).length / 2 + 1) | 0);
  for (;;) {
    const next = (root + x / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
