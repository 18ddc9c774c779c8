/**
 * How one component of one replication makes its digits. The digits of the index times the matrix,
 * plus the shift, modulo the base; then either a permutation of each digit or a random tree.
 */
export interface DigitalPlan {
  base: number;
  /** Digits of the index; points are those below base^columns. */
  columns: number;
  /** Digits of the point. */
  digits: number;
  /** Entry (k, t), of index digit k and point digit t, at `matrix[k digits + t]`. */
  matrix: Uint32Array;
  shift: Uint32Array;
  /** Image of digit y at place t at `permutations[t base + y]`. */
  permutations?: Uint16Array | Uint32Array;
  /** Two words that key a nested uniform scramble. */
  tree?: readonly [number, number];
}

/** One coordinate: a component, or several whose digits are interlaced, and how many digits it has. */
export interface Coordinate {
  base: number;
  digits: number;
  parts: readonly DigitalPlan[];
  /** Digits become a number by Horner's rule from the last one, as the qrng library has it. */
  horner?: boolean;
}

/** The digits of an index, the units first. */
export function indexDigits(index: number, base: number, out: Uint32Array): void {
  for (let k = 0; k < out.length; k++) {
    const digit = index % base;
    out[k] = digit;
    index = (index - digit) / base;
  }
}

/** matrix x index digits + shift modulo base, before permutations. */
export function plainDigits(plan: DigitalPlan, index: number, out: Uint32Array): void {
  const { base, columns, digits, matrix, shift } = plan;
  out.set(shift);
  for (let k = 0; k < columns && index > 0; k++) {
    const digit = index % base;
    index = (index - digit) / base;
    if (digit === 0) continue;
    for (let t = 0; t < digits; t++) out[t] = (out[t]! + digit * matrix[k * digits + t]!) % base;
  }
}

/** The largest number of points that all coordinates have index digits for, at most 2^53 - 1. */
export function indexLimit(coordinates: readonly Coordinate[]): number {
  let least = Number.MAX_SAFE_INTEGER;
  for (const { parts } of coordinates) {
    for (const { base, columns } of parts) {
      let points = 1;
      for (let k = 0; k < columns && points < least; k++) points *= base;
      least = Math.min(least, points);
    }
  }
  return least;
}
