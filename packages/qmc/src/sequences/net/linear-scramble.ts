import { domainError, type Rng, shapeError } from "@daily-kernel/compute";
import { bitLength, readIntegers } from "./integers.ts";
import { leadingMask, type NetMatrix, netMatrix } from "./net-matrix.ts";

/**
 * A lower triangular matrix over GF(2) with ones on its diagonal, column by column: column l is a
 * 64-bit fraction, low word at 2 l. It takes digit l of a number to the digits of its column l.
 */
export type ScrambleColumns = Uint32Array<ArrayBuffer>;

/** Random bits below the diagonal, also in the rows past the matrix's own digits. */
export function drawScramble(rng: Rng, digits: number): ScrambleColumns {
  const columns = rng.fillUint32(new Uint32Array(2 * digits));
  for (let l = 0; l < digits; l++) {
    const [low, high] = leadingMask(l + 1); // the rows up to the diagonal
    columns[2 * l]! &= ~low;
    columns[2 * l + 1]! &= ~high;
    columns[2 * l + (l < 32 ? 1 : 0)]! |= 1 << (31 - (l & 31));
  }
  return columns;
}

/**
 * Given scrambles: `[replication][component][row]`, row k an integer of `digits` bits whose highest
 * one multiplies the first digit. Any binary matrix is taken as it is.
 */
export function readScrambles(
  where: string,
  given: unknown,
  [replications, components, rows, digits]: readonly [number, number, number, number],
): ScrambleColumns[][] {
  const { shape, values } = readIntegers(where, "scrambleMatrices", given, 3);
  const expected = [replications, components, rows];
  if (String(shape) !== String(expected)) {
    throw shapeError(
      `${where}: scrambleMatrices must be ${expected.join(" x ")} (replications x components x bits), got ${shape.join(" x ")}`,
    );
  }
  if (bitLength(values) > digits) {
    throw domainError(
      `${where}: scrambleMatrices must have rows of at most ${digits} bits, got ${bitLength(values)}`,
    );
  }
  return Array.from({ length: replications }, (_, r) =>
    Array.from({ length: components }, (_, c) => {
      const columns = new Uint32Array(2 * digits);
      for (let row = 0; row < rows; row++) {
        const value = values[(r * components + c) * rows + row]!;
        for (let l = 0; l < digits; l++) {
          if (((value >> BigInt(digits - 1 - l)) & 1n) === 0n) continue;
          columns[2 * l + (row < 32 ? 1 : 0)]! |= 1 << (31 - (row & 31));
        }
      }
      return columns;
    }),
  );
}

/** Every matrix multiplied from the left by its scramble, cut to `bits` digits (Matousek 1998). */
export function linearScramble(
  matrix: NetMatrix,
  scrambles: readonly ScrambleColumns[],
  bits: number,
): NetMatrix {
  const { components, columns, digits } = matrix;
  const scrambled = netMatrix(components, columns, bits);
  const [maskLow, maskHigh] = leadingMask(bits);
  for (let i = 0; i < components * columns; i++) {
    const scramble = scrambles[Math.floor(i / columns)]!;
    let low = 0;
    let high = 0;
    for (let l = 0; l < digits; l++) {
      const word = matrix.words[2 * i + (l < 32 ? 1 : 0)]!;
      const digit = -((word >>> (31 - (l & 31))) & 1);
      low ^= scramble[2 * l]! & digit;
      high ^= scramble[2 * l + 1]! & digit;
    }
    scrambled.words[2 * i] = low & maskLow;
    scrambled.words[2 * i + 1] = high & maskHigh;
  }
  return scrambled;
}
