import { Rng } from "@daily-kernel/compute";

/** Seeds the random bits of one component's tree. */
export type TreeKey = bigint;

/** Levels of a band: the 127 nodes of seven levels take the 128 bits of one block. */
const LEVELS = 7;

/** The four words of the node block at a depth, for the digits above it as a 64-bit fraction. */
function block(key: TreeKey, depth: number, prefix: bigint): [a: bigint, b: bigint] {
  const rng = new Rng(key, prefix);
  rng.skip(4 * depth);
  const [w0, w1, w2, w3] = [0, 1, 2, 3].map(() => BigInt(rng.uint32())) as [
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  return [w0 | (w1 << 32n), w2 | (w3 << 32n)];
}

/** Three digits under a tree of seven bits: the root, the second level, the third. */
function scramble3(tree: number, digits: number): number {
  const flips =
    ((tree & 1) << 2) |
    (((tree >> (1 + (digits >> 2))) & 1) << 1) |
    ((tree >> (3 + (digits >> 1))) & 1);
  return digits ^ flips;
}

/** The 8 images under each of the 128 trees of three levels. */
export const THREE_LEVELS: Uint8Array = Uint8Array.from({ length: 1024 }, (_, i) =>
  scramble3(i >> 3, i & 7),
);

/** Seven digits under a block: levels 1-3 and 4-6 as trees of three in `a`, level 7 in `b`. */
export function scramble7([a, b]: [bigint, bigint], digits: number): number {
  const top = digits >> 4;
  const middle = (digits >> 1) & 7;
  const second = Number((a >> BigInt(7 + 7 * top)) & 127n);
  const last = (digits ^ Number((b >> BigInt(digits >> 1)) & 1n)) & 1;
  return (scramble3(Number(a & 127n), top) << 4) | (scramble3(second, middle) << 1) | last;
}

/**
 * Nested uniform scrambling (Owen 1995) of a 64-bit fraction whose first `digits` digits may differ
 * from 0: each digit is flipped by the random bit of the node that the digits above it lead to. The
 * tree is implicit, its bits words of `Rng(key, prefix)`, so that memory does not grow and points
 * stay where they are as more come. Digits past `digits` are zeros, of one path only: their flips
 * are the bits that a leaf of a stored tree would carry along.
 *
 * The readable form of the kernel `netTree`.
 */
export function owenTree(key: TreeKey, x: bigint, digits: number, bits: number): bigint {
  let y = 0n;
  const first = ((digits + LEVELS - 1) % LEVELS) + 1;
  for (let depth = 0, levels = first; depth < digits; depth += levels, levels = LEVELS) {
    levels = depth === 0 ? first : LEVELS;
    const prefix = (x >> BigInt(64 - depth)) << BigInt(64 - depth);
    const taken = (x << BigInt(depth)) & 0xffff_ffff_ffff_ffffn;
    const scrambled =
      scramble7(block(key, depth, prefix), Number(taken >> 57n)) >> (LEVELS - levels);
    y |= BigInt(scrambled) << BigInt(64 - depth - levels);
  }
  if (digits < 64) y |= block(key, digits, x)[0] >> BigInt(digits);
  return (y >> BigInt(64 - bits)) << BigInt(64 - bits);
}
