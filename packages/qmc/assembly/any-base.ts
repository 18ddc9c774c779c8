// Points made digit by digit (src/sequences/any-base/coordinate-digits.ts has the same one by one).
// A coordinate is described by 16 words of 32 bits:
//   0 kind, 1 base b, 2 digits T, 3 index digits m that the kernel counts, 4 address of the point's
//   digits before permutation (T words), 5 of the index digits (m words), 6 of the steps (m rows of T
//   words: what a carry into index digit k adds), 7 and on as each kind says.

import { blockRows } from "./any-base-blocks";
import { advance, carry, LARGEST, word } from "./any-base-digits";
import { nestedRows } from "./any-base-nested";

const STEPS = 0;
const BLOCKS = 1;
const NESTED = 2;
const HORNER = 3;
const BINARY = 4;

/** 7: base^-(t+1) (T doubles), 8: permutations (T rows of b words), or 0. */
function stepRows(plan: usize, out: usize, n: i32, stride: usize): void {
  const base = word(plan, 1);
  const count = word(plan, 2);
  const padded = (count + 3) & ~3;
  const digits = word(plan, 4);
  const units = word(plan, 7);
  const permutations = word(plan, 8);
  for (let i = 0; i < n; i++, out += stride) {
    let sum: f64 = 0.0;
    if (permutations == 0) {
      for (let t: usize = 0; t < count; t++) {
        sum += load<f64>(units + (t << 3)) * <f64>load<u32>(digits + (t << 2));
      }
    } else {
      let row = permutations;
      for (let t: usize = 0; t < count; t++, row += base << 2) {
        const y = <usize>load<u32>(digits + (t << 2));
        sum += load<f64>(units + (t << 3)) * <f64>load<u32>(row + (y << 2));
      }
    }
    store<f64>(out, sum < LARGEST ? sum : LARGEST);
    advance(plan, padded);
  }
}

/** 7: partial sums of Horner's rule (T + 1 doubles, the last of them 0). */
function hornerRows(plan: usize, out: usize, n: i32, stride: usize): void {
  const base = <f64>load<u32>(plan + 4);
  const padded = (word(plan, 2) + 3) & ~3;
  const digits = word(plan, 4);
  const sums = word(plan, 7);
  for (let i = 0; i < n; i++, out += stride) {
    const x = load<f64>(sums);
    store<f64>(out, x < LARGEST ? x : LARGEST);
    let k = advance(plan, padded);
    let sum = load<f64>(sums + ((k + 1) << 3));
    for (;;) {
      sum = (sum + <f64>load<u32>(digits + (k << 2))) / base;
      store<f64>(sums + (k << 3), sum);
      if (k == 0) break;
      k--;
    }
  }
}

/**
 * Base 2 with at most 53 digits, whose sums are exact in any order, so that a point is one word. Blocks
 * of B = 2^K points. 7: words of a block's points (B words of 64 bits), 8: address of the word that
 * they share and of 2^-T, 9: what a carry changes in it (m words), 10: place in the block, 11: B.
 */
function binaryRows(plan: usize, out: usize, n: i32, stride: usize): void {
  const words = word(plan, 7);
  const common = word(plan, 8);
  const steps = word(plan, 9);
  const size = word(plan, 11);
  const unit = load<f64>(common, 8);
  let place = word(plan, 10);
  let shared = load<u64>(common);
  for (let i = 0; i < n; i++, out += stride) {
    store<f64>(out, <f64>(<i64>(load<u64>(words + (place << 3)) ^ shared)) * unit);
    if (++place < size) continue;
    place = 0;
    shared ^= load<u64>(steps + (carry(word(plan, 5), word(plan, 3), 2) << 3));
  }
  store<u64>(common, shared);
  store<u32>(plan + 40, <u32>place);
}

/**
 * The next n rows of d coordinates, `round` rows at a time, so that they stay in the cache. The
 * descriptions are left where the rows after them begin.
 */
export function anyBaseRows(out: usize, n: i32, d: i32, plans: usize, round: i32): void {
  const stride: usize = (<usize>d) << 3;
  for (let i = 0; i < n; i += round, out += <usize>round * stride) {
    const count = min(round, n - i);
    let plan = plans;
    for (let j = 0; j < d; j++, plan += 64) {
      const to = out + ((<usize>j) << 3);
      const kind = load<u32>(plan);
      if (kind == BLOCKS) blockRows(plan, to, count, stride);
      else if (kind == STEPS) stepRows(plan, to, count, stride);
      else if (kind == NESTED) nestedRows(plan, to, count, stride);
      else if (kind == HORNER) hornerRows(plan, to, count, stride);
      else if (kind == BINARY) binaryRows(plan, to, count, stride);
    }
  }
}
