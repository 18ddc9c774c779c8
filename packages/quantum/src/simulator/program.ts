import type { ComplexMatrix } from "../circuits/complex-matrix.ts";
import type { Operation } from "./fuse.ts";
import { isDiagonal, isFlip, isReal } from "./shapes.ts";

/** Codes of assembly/tiles.ts. */
const CODE = { gate1: 0, real1: 1, flip: 2, diagonal: 3, gate2: 4, exchange: 5 } as const;
/** Words of an operation of a program. */
export const WORDS = 6;
/** The word that holds the place of an operation's matrix, in doubles from the first one. */
export const MATRIX_WORD = 4;

/** What the kernels run: operations of `WORDS` words, and the doubles of their matrices. */
export interface Program {
  readonly words: Int32Array<ArrayBuffer>;
  readonly matrices: Float64Array;
  readonly count: number;
}

/** A matrix as the kernel of its shape wants it. */
function encode(matrix: ComplexMatrix): { code: number; data: ArrayLike<number> } {
  const single = matrix.length === 8;
  if (isFlip(matrix)) return { code: CODE.flip, data: [] };
  if (isDiagonal(matrix)) {
    const d = single ? [0, 0, 6, 6] : [0, 10, 20, 30];
    return { code: CODE.diagonal, data: d.flatMap((k) => [matrix[k]!, matrix[k + 1]!]) };
  }
  if (!single) return { code: CODE.gate2, data: matrix };
  if (isReal(matrix)) return { code: CODE.real1, data: [0, 2, 4, 6].map((k) => matrix[k]!) };
  return { code: CODE.gate1, data: matrix };
}

/**
 * Writes a program for operations on 2^bits amplitudes; `bitOf` says where a qubit lies. Bit 0 is the
 * lane of the vectors, which no gate may touch: a gate that would gets it exchanged with the bit that
 * is needed last, and in the end all bits are where they were.
 */
export function writeProgram(
  operations: readonly Operation[],
  bitOf: (qubit: number) => number,
  bits: number,
): Program {
  const words: number[] = [];
  const matrices: number[] = [];
  const place = Array.from({ length: bits }, (_, bit) => bit); // of a bit, now
  const held = [...place]; // the bit at a place
  const exchange = (at: number) => {
    words.push(CODE.exchange, 0, at, 0, 0, 0);
    const [low, high] = [held[0]!, held[at]!];
    held[0] = high;
    held[at] = low;
    place[high] = 0;
    place[low] = at;
  };
  const bitsOf = ({ controls, targets }: Operation) => [...controls, ...targets].map(bitOf);
  for (const [k, operation] of operations.entries()) {
    const touched = bitsOf(operation);
    if (touched.some((bit) => place[bit] === 0)) {
      const free = new Set(held.slice(1).filter((bit) => !touched.includes(bit)));
      for (let next = k + 1; next < operations.length && free.size > 1; next++) {
        for (const bit of bitsOf(operations[next]!)) if (free.size > 1) free.delete(bit);
      }
      const [last] = free;
      exchange(place[last!]!);
    }
    const { code, data } = encode(operation.matrix);
    const mask = operation.controls.reduce((sum, q) => sum + 2 ** place[bitOf(q)]!, 0);
    const [a, b = a] = operation.targets.map((q) => place[bitOf(q)]!);
    words.push(code, mask, a!, b!, matrices.length, 0);
    for (let i = 0; i < data.length; i++) matrices.push(data[i]!);
  }
  for (;;) {
    const home = held[0] !== 0 ? held[0]! : held.findIndex((bit, at) => bit !== at);
    if (home < 0) break;
    exchange(home);
  }
  return {
    words: Int32Array.from(words),
    matrices: Float64Array.from(matrices),
    count: words.length / WORDS,
  };
}
