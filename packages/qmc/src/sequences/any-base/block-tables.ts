import { digitUnits } from "./coordinate-digits.ts";
import type { DigitalPlan } from "./digital-plan.ts";

/** What blocks of base^K points have in common (see `blockRows` in assembly/any-base.ts). */
export interface BlockTables {
  /** Index digits K that vary in a block, and its base^K points. */
  low: number;
  size: number;
  values: Float64Array;
  offsets: Uint16Array;
  /** The first `alone` digits do not depend on higher index digits; `prefix` has their sums. */
  alone: number;
  prefix: Float64Array;
  /** From this digit on all points of a block have the same. */
  same: number;
}

/** In larger bases the tables outgrow the second-level cache. */
const LARGEST_BASE = 1024;
/** Bytes of offsets that stay in the first-level cache. */
const ROOM = 36_000;
/** Blocks that it takes to earn the tables. */
const BLOCKS = 4;

/**
 * The tables of a plan without a tree; undefined where they do not pay, for few points or in large
 * bases.
 */
export function blockTables(plan: DigitalPlan, n: number): BlockTables | undefined {
  const { base, columns, digits, matrix, shift, permutations } = plan;
  let low = 1;
  let size = base;
  while (low < columns && 2 * size * base * digits <= ROOM) {
    low++;
    size *= base;
  }
  if (base > LARGEST_BASE || plan.tree !== undefined || n < BLOCKS * size) return undefined;
  const units = digitUnits(base, digits);
  const values = new Float64Array(2 * base * digits);
  for (let t = 0; t < digits; t++) {
    for (let y = 0; y < base; y++) {
      const value = units[t]! * (permutations ? permutations[t * base + y]! : y);
      values[2 * base * t + y] = value;
      values[2 * base * t + base + y] = value;
    }
  }
  const isZero = (t: number, from: number, to: number): boolean => {
    for (let k = from; k < to; k++) if (matrix[k * digits + t] !== 0) return false;
    return true;
  };
  let alone = 0;
  while (alone < digits && isZero(alone, low, columns)) alone++;
  let same = digits;
  while (same > 0 && isZero(same - 1, 0, low)) same--;
  const offsets = new Uint16Array(digits * size);
  const prefix = new Float64Array(size);
  for (let t = 0; t < digits; t++) {
    const row = offsets.subarray(t * size, (t + 1) * size);
    // Points base^k apart, so that a row is made of copies of its beginning.
    for (let k = 0, done = 1; k < low; k++, done *= base) {
      for (let i = done; i < done * base; i++)
        row[i] = (row[i - done]! + matrix[k * digits + t]!) % base;
    }
    for (let i = 0; i < size; i++) {
      if (t < alone) prefix[i]! += values[2 * base * t + shift[t]! + row[i]!]!;
      row[i]! *= 8;
    }
  }
  return { low, size, values, offsets, alone, prefix, same };
}
