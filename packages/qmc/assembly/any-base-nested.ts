// Nested uniform scrambles (src/sequences/any-base/nested-scramble.ts has the same one by one).

import { LARGEST, nextDigits, word } from "./any-base-digits";

/** A bijection of words that is a hash of each of the four. */
function mix(x: v128): v128 {
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x7feb352d));
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 15)), i32x4.splat(0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

/** floor(x n / 2^32) for four words x. */
function scale(x: v128, n: v128): v128 {
  return v128.shuffle<i32>(
    i64x2.extmul_low_i32x4_u(x, n),
    i64x2.extmul_high_i32x4_u(x, n),
    1,
    3,
    5,
    7,
  );
}

/** The first two of (factor y + term) mod base, as doubles; the quotient may be off by one. */
function affinePair(factor: v128, y: v128, term: v128, base: v128, inverse: v128): v128 {
  const z = f64x2.add(
    f64x2.mul(f64x2.convert_low_i32x4_s(factor), f64x2.convert_low_i32x4_s(y)),
    f64x2.convert_low_i32x4_s(term),
  );
  let r = f64x2.sub(z, f64x2.mul(f64x2.floor(f64x2.mul(z, inverse)), base));
  r = f64x2.add(r, v128.and(f64x2.lt(r, f64x2.splat(0.0)), base));
  return f64x2.sub(r, v128.and(f64x2.ge(r, base), base));
}

function upper(x: v128): v128 {
  return v128.shuffle<i64>(x, x, 1, 1);
}

/**
 * Four points at a time. 7: base^-(t+1), with zeros to a multiple of four, 8 and 9: the key of the
 * tree, 10: room for three rows of digits and for 16 words.
 */
export function nestedRows(plan: usize, out: usize, n: i32, stride: usize): void {
  const baseWord = load<u32>(plan + 4);
  const padded = (word(plan, 2) + 3) & ~3;
  const bytes = padded << 2;
  const digits = word(plan, 4);
  const units = word(plan, 7);
  const rows = word(plan, 10);
  const quad = rows + 3 * bytes;
  const base = f64x2.splat(<f64>baseWord);
  const inverse = f64x2.splat(1.0 / <f64>baseWord);
  const choices = i32x4.splat(baseWord);
  const factors = i32x4.splat(baseWord - 1);
  const one = i32x4.splat(1);
  const path = i32x4.splat(0x9e3779b1);
  for (let i = 0; i < n; i += 4) {
    const count = min(4, n - i);
    let last = digits;
    for (let l = 1; l < count; l++) {
      const row = rows + <usize>(l - 1) * bytes;
      nextDigits(plan, row, last, padded);
      last = row;
    }
    let first = i32x4.splat(load<u32>(plan + 32));
    let second = i32x4.splat(load<u32>(plan + 36));
    let low = f64x2.splat(0.0);
    let high = f64x2.splat(0.0);
    for (let t: usize = 0; t < bytes; t += 16) {
      // From rows of points to rows of digits: a 4 x 4 transposition.
      const a = v128.load(digits + t);
      const b = v128.load(rows + t);
      const c = v128.load(rows + bytes + t);
      const d = v128.load(rows + 2 * bytes + t);
      const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
      const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
      const abUpper = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
      const cdUpper = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
      v128.store(quad, v128.shuffle<i64>(ab, cd, 0, 2));
      v128.store(quad, v128.shuffle<i64>(ab, cd, 1, 3), 16);
      v128.store(quad, v128.shuffle<i64>(abUpper, cdUpper, 0, 2), 32);
      v128.store(quad, v128.shuffle<i64>(abUpper, cdUpper, 1, 3), 48);
      for (let u: usize = 0; u < 64; u += 16) {
        const y = v128.load(quad + u);
        const factor = i32x4.add(scale(first, factors), one);
        const term = scale(second, choices);
        const unit = v128.load64_splat(units + (t << 1) + (u >> 1));
        const r = affinePair(factor, y, term, base, inverse);
        const s = affinePair(upper(factor), upper(y), upper(term), base, inverse);
        low = f64x2.add(low, f64x2.mul(unit, r));
        high = f64x2.add(high, f64x2.mul(unit, s));
        first = mix(i32x4.add(first, i32x4.mul(i32x4.add(y, one), path)));
        second = mix(v128.xor(second, first));
      }
    }
    const largest = f64x2.splat(LARGEST);
    low = f64x2.pmin(low, largest);
    high = f64x2.pmin(high, largest);
    v128.store64_lane(out, low, 0);
    if (count > 1) v128.store64_lane(out + stride, low, 1);
    if (count > 2) v128.store64_lane(out + 2 * stride, high, 0);
    if (count > 3) v128.store64_lane(out + 3 * stride, high, 1);
    out += <usize>count * stride;
    nextDigits(plan, digits, last, padded);
  }
}
