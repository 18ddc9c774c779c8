import { scramble7 } from "./owen-tree.ts";

const MASK = 0xffff_ffff_ffff_ffffn;

/** Two 64-bit words for the top seven levels, then a summand and a factor for each of three rounds. */
export type HashKey = ArrayLike<bigint>;

const reverse = (x: bigint) =>
  BigInt(`0b${[...x.toString(2).padStart(64, "0")].reverse().join("")}`);

/**
 * Scrambling of a 64-bit fraction in the sense of Owen by a hash (after Laine and Karras 2011) of 64
 * bits. With the first digit as the lowest bit, sums, products and squares carry upwards only, so
 * each digit's flip is a function of the digits above it. Such a hash has too few free bits for the
 * first levels, which matter most; true random bits scramble seven of them once more.
 *
 * The readable form of the kernel `netHash`.
 */
export function owenHash(key: HashKey, x: bigint, bits: number): bigint {
  let v = reverse(x);
  for (let round = 2; round < 8; round += 2) {
    v = ((v + key[round]!) * (key[round + 1]! | 1n)) & MASK;
    v ^= (v * v * 2n) & MASK;
  }
  v = reverse(v);
  const top = scramble7([key[0]!, key[1]!], Number(v >> 57n));
  const y = (BigInt(top) << 57n) | (v & (MASK >> 7n));
  return (y >> BigInt(64 - bits)) << BigInt(64 - bits);
}
