import { type NetMatrix, netMatrix } from "./net-matrix.ts";

/**
 * One 64-bit fraction from `alpha` of them, given from `from[at]` on, `stride` words apart: digit r
 * is digit floor(r / alpha) of number r mod alpha (Dick 2008). Writes the first `bits` digits.
 */
function interlaceOne(
  from: Uint32Array,
  at: number,
  stride: number,
  alpha: number,
  bits: number,
  to: Uint32Array,
  place: number,
): void {
  const out = [0, 0];
  for (let r = 0; r < bits; r++) {
    const digit = Math.floor(r / alpha);
    const word = from[at + (r % alpha) * stride + (digit < 32 ? 1 : 0)]!;
    out[r < 32 ? 1 : 0]! |= ((word >>> (31 - (digit & 31))) & 1) << (31 - (r & 31));
  }
  to[place] = out[0]!;
  to[place + 1] = out[1]!;
}

/** Matrices of a higher-order net: component j from components alpha j .. alpha j + alpha - 1. */
export function interlaceMatrix(matrix: NetMatrix, alpha: number, bits: number): NetMatrix {
  const { columns } = matrix;
  const interlaced = netMatrix(matrix.components / alpha, columns, bits);
  for (let j = 0; j < interlaced.components; j++) {
    for (let k = 0; k < columns; k++) {
      const at = 2 * (alpha * j * columns + k);
      const place = 2 * (j * columns + k);
      interlaceOne(matrix.words, at, 2 * columns, alpha, bits, interlaced.words, place);
    }
  }
  return interlaced;
}

/** Numbers of a higher-order net: each from `alpha` successive ones. Works in place, too. */
export function interlaceWords(
  from: Uint32Array,
  alpha: number,
  bits: number,
  to: Uint32Array,
): void {
  for (let i = 0; i < to.length; i += 2) interlaceOne(from, alpha * i, 2, alpha, bits, to, i);
}
