import type { DigitalPlan } from "./digital-plan.ts";

/** A plan in base 2 as words of 64 bits, the first digit the highest of `digits` bits. */
export interface BinaryTables {
  /** Index digits that vary in a block, and its 2^low points. */
  low: number;
  size: number;
  /** What a block's points have of their own. */
  words: BigUint64Array;
  /** What changes for all when a carry ends at index digit low + k. */
  steps: BigUint64Array;
}

const LOW = 8;

/** Points in base 2 with at most 53 digits are exact: one word each. Undefined for other plans. */
export function binaryTables(plan: DigitalPlan, n: number): BinaryTables | undefined {
  const { base, columns, digits, matrix, tree } = plan;
  if (base !== 2 || digits > 53 || tree !== undefined || n < 2 ** LOW) return undefined;
  const column = (k: number) => toWord(matrix.subarray(k * digits, (k + 1) * digits));
  const low = Math.min(LOW, columns);
  const words = new BigUint64Array(2 ** low);
  for (let k = 0; k < low; k++) {
    const half = 2 ** k;
    const own = column(k);
    for (let i = 0; i < half; i++) words[half + i] = words[i]! ^ own;
  }
  const steps = new BigUint64Array(Math.max(1, columns - low));
  for (let k = low, sum = 0n; k < columns; k++) {
    sum ^= column(k);
    steps[k - low] = sum;
  }
  return { low, size: 2 ** low, words, steps };
}

/** The word of a point's digits, after their permutations. */
export function pointWord({ permutations }: DigitalPlan, digits: Uint32Array): bigint {
  return toWord(permutations ? digits.map((y, t) => permutations[2 * t + y]!) : digits);
}

function toWord(digits: Uint32Array): bigint {
  return digits.reduce<bigint>((word, digit) => 2n * word + BigInt(digit), 0n);
}
