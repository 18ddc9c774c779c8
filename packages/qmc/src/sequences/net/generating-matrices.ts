import { domainError, shapeError } from "@daily-kernel/compute";
import { bitLength, type Integers, readIntegers } from "./integers.ts";
import { type NetMatrix, netMatrix } from "./net-matrix.ts";

/** `[component][column]`, or `[replication][component][column]`. */
export type IntegerMatrices = readonly Integers[] | readonly (readonly Integers[])[];

/** The given matrices, one `NetMatrix` a replication (or one for all). */
export function readGeneratingMatrices(
  where: string,
  matrices: unknown,
  msb: boolean,
  digits: number | undefined,
): NetMatrix[] {
  const { shape, values } = readIntegers(where, "generatingMatrices", matrices, 3);
  const [sets, components, columns] = shape as [number, number, number];
  const needed = bitLength(values);
  const width = digits ?? needed;
  if (needed === 0) throw domainError(`${where}: generatingMatrices must not all be 0`);
  if (needed > width) {
    throw domainError(
      `${where}: generatingMatrices must have at most matrixBits = ${width} bits, got ${needed}`,
    );
  }
  if (columns > 64) {
    throw shapeError(`${where}: generatingMatrices must have at most 64 columns, got ${columns}`);
  }
  return Array.from({ length: sets }, (_, set) => {
    const matrix = netMatrix(components, columns, width);
    const words = new BigUint64Array(matrix.words.buffer);
    for (let i = 0; i < words.length; i++) {
      const value = values[set * words.length + i]!;
      words[i] = (msb ? value : reverse(value, width)) << BigInt(64 - width);
    }
    return matrix;
  });
}

/** The lowest `width` bits in reverse. */
function reverse(value: bigint, width: number): bigint {
  return BigInt(`0b${[...value.toString(2).padStart(width, "0")].reverse().join("")}`);
}

/** The given components of a matrix. */
export function selectComponents(matrix: NetMatrix, components: readonly number[]): NetMatrix {
  const { columns, digits } = matrix;
  const selected = netMatrix(components.length, columns, digits);
  for (const [c, component] of components.entries()) {
    const from = 2 * component * columns;
    selected.words.set(matrix.words.subarray(from, from + 2 * columns), 2 * c * columns);
  }
  return selected;
}
