/**
 * Philox 4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw, "Parallel random
 * numbers: as easy as 1, 2, 3", SC 2011: a keyed bijection of 128-bit counters. An output word
 * depends on (key, counter) alone, so any stretch of any stream can be had without the rest.
 */
const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
/** Key increments: the golden ratio and sqrt(3) - 1, in 32 fractional bits. */
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;

/** High 32 bits of the unsigned product, from 16-bit halves: no step exceeds 32 bits. */
function mulHigh(a: number, b: number): number {
  const al = a & 0xffff;
  const ah = a >>> 16;
  const bl = b & 0xffff;
  const bh = b >>> 16;
  const t = (Math.imul(ah, bl) + (Math.imul(al, bl) >>> 16)) | 0;
  const w = (Math.imul(al, bh) + (t & 0xffff)) | 0;
  return (Math.imul(ah, bh) + (t >>> 16) + (w >>> 16)) | 0;
}

/** Encrypts the counter (c0, c1, c2, c3) under the key (k0, k1) into `out[at .. at+3]`. */
export function philoxBlock(
  out: Uint32Array,
  at: number,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
): void {
  for (let round = 0; round < 10; round++) {
    const n0 = mulHigh(M1, c2) ^ c1 ^ k0;
    const n2 = mulHigh(M0, c0) ^ c3 ^ k1;
    c1 = Math.imul(M1, c2);
    c3 = Math.imul(M0, c0);
    c0 = n0;
    c2 = n2;
    k0 = (k0 + W0) | 0;
    k1 = (k1 + W1) | 0;
  }
  out[at] = c0;
  out[at + 1] = c1;
  out[at + 2] = c2;
  out[at + 3] = c3;
}

/** Key and last two counter words: what stays fixed along one stream (words as int32 or uint32). */
export interface PhiloxStream {
  readonly key: readonly [number, number];
  readonly stream: readonly [number, number];
}

/**
 * Writes the `4 * blocks` words of a stream that start at block `first` to `out[offset ...]`.
 * The counter is (block low, block high, stream low, stream high), as cuRAND lays it out;
 * `first + blocks` stays below 2^53.
 */
export function philoxFill(
  out: Uint32Array,
  offset: number,
  blocks: number,
  { key, stream }: PhiloxStream,
  first: number,
): void {
  for (let b = 0; b < blocks; b++) {
    const high = Math.floor((first + b) / 0x1_0000_0000);
    philoxBlock(out, offset + 4 * b, (first + b) | 0, high, stream[0], stream[1], key[0], key[1]);
  }
}

/**
 * A 64-bit digest of a sequence of 32-bit words, to turn names into stream numbers: the
 * Davies-Meyer chain over Philox with the length as its last word. Not for secrets.
 */
export function philoxDigest(words: readonly number[]): [number, number] {
  const message = [...words, words.length];
  const state = new Uint32Array(4);
  const next = new Uint32Array(4);
  for (let i = 0; i < message.length; i += 2) {
    const [a, b, c, d] = state as unknown as [number, number, number, number];
    philoxBlock(next, 0, a, b, c, d, message[i]!, message[i + 1] ?? 0);
    for (let j = 0; j < 4; j++) state[j]! ^= next[j]!;
  }
  return [state[0]!, state[1]!];
}
