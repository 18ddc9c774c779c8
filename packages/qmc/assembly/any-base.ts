// Points made digit by digit (src/sequences/any-base/coordinate-digits.ts has the same one by one).
// A coordinate is described by 16 words of 32 bits:
//   0 kind, 1 base b, 2 digits T, 3 index digits m that the kernel counts, 4 address of the point's
//   digits before permutation (T words), 5 of the index digits (m words), 6 of the steps (m rows of T
//   words: what a carry into index digit k adds), 7 and on as each kind says.

const STEPS = 0;
const BLOCKS = 1;
const NESTED = 2;
const HORNER = 3;
const LARGEST: f64 = 1.0 - 1.0 / 9007199254740992.0;

function word(plan: usize, at: usize): usize {
  return <usize>load<u32>(plan + (at << 2));
}

/** Counts the index up by one; returns what row of steps belongs to the carry. */
function carry(index: usize, m: usize, base: u32): usize {
  let k: usize = 0;
  while (k < m - 1 && load<u32>(index + (k << 2)) == base - 1) {
    store<u32>(index + (k << 2), 0);
    k++;
  }
  store<u32>(index + (k << 2), load<u32>(index + (k << 2)) + 1);
  return k;
}

/** out = digits + step modulo base, four at a time; all have room for a multiple of four. */
function addDigits(out: usize, digits: usize, step: usize, count: usize, base: u32): void {
  const b = i32x4.splat(base);
  for (let t: usize = 0; t < count << 2; t += 16) {
    const y = i32x4.add(v128.load(digits + t), v128.load(step + t));
    v128.store(out + t, i32x4.sub(y, v128.and(i32x4.ge_s(y, b), b)));
  }
}

/** Goes to the next index: `to` gets the digits of the point after that with the digits `from`. */
function nextDigits(plan: usize, to: usize, from: usize, padded: usize): usize {
  const base = load<u32>(plan + 4);
  const k = carry(word(plan, 5), word(plan, 3), base);
  addDigits(to, from, word(plan, 6) + ((k * padded) << 2), padded, base);
  return k;
}

function advance(plan: usize, padded: usize): usize {
  const digits = word(plan, 4);
  return nextDigits(plan, digits, digits, padded);
}

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
function nestedRows(plan: usize, out: usize, n: i32, stride: usize): void {
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
 * Blocks of B = b^K points that share their higher index digits; the word 4 has the digits at their
 * first point. 7: values (T rows of 2 b doubles: what digit y mod b adds, permuted), 8: what a point
 * of the block adds to each digit, in bytes (T rows of B half words), 9: B, 10: place in the block,
 * 11: digits q that the higher index digits leave alone, 12: their sums (B doubles), 13: digits
 * from which on all points of a block have the same, 14: room for B doubles.
 */
function blockRows(plan: usize, out: usize, n: i32, stride: usize): void {
  const base = word(plan, 1);
  const count = word(plan, 2);
  const padded = (count + 3) & ~3;
  const digits = word(plan, 4);
  const values = word(plan, 7);
  const offsets = word(plan, 8);
  const size = word(plan, 9);
  let place = word(plan, 10);
  const q = word(plan, 11);
  const prefix = word(plan, 12);
  const same = word(plan, 13);
  const sums = word(plan, 14);
  const rowBytes = base << 4;
  let left = <usize>n;
  while (left > 0) {
    const run = min<usize>(size - place, left);
    memory.copy(sums, prefix + (place << 3), run << 3);
    if (q < same) {
      const from = offsets + (q * size + place) * 2;
      const row = values + q * rowBytes;
      let i: usize = 0;
      for (; i + 4 <= run; i += 4) {
        const at = sums + (i << 3);
        let a = load<f64>(at);
        let b = load<f64>(at, 8);
        let c = load<f64>(at, 16);
        let d = load<f64>(at, 24);
        let o = from + (i << 1);
        let r = row;
        for (let t = q; t < same; t++, o += size << 1, r += rowBytes) {
          const v = r + ((<usize>load<u32>(digits + (t << 2))) << 3);
          a += load<f64>(v + <usize>load<u16>(o));
          b += load<f64>(v + <usize>load<u16>(o, 2));
          c += load<f64>(v + <usize>load<u16>(o, 4));
          d += load<f64>(v + <usize>load<u16>(o, 6));
        }
        store<f64>(at, a);
        store<f64>(at, b, 8);
        store<f64>(at, c, 16);
        store<f64>(at, d, 24);
      }
      for (; i < run; i++) {
        let a = load<f64>(sums + (i << 3));
        let o = from + (i << 1);
        let r = row;
        for (let t = q; t < same; t++, o += size << 1, r += rowBytes) {
          a += load<f64>(r + ((<usize>load<u32>(digits + (t << 2))) << 3) + <usize>load<u16>(o));
        }
        store<f64>(sums + (i << 3), a);
      }
    }
    addConstants(sums, run, values, digits, max<usize>(same, q), count, rowBytes);
    const largest = f64x2.splat(LARGEST);
    let i: usize = 0;
    for (; i + 2 <= run; i += 2, out += 2 * stride) {
      const x = f64x2.pmin(v128.load(sums + (i << 3)), largest);
      v128.store64_lane(out, x, 0);
      v128.store64_lane(out + stride, x, 1);
    }
    if (i < run) {
      const x = load<f64>(sums + (i << 3));
      store<f64>(out, x < LARGEST ? x : LARGEST);
      out += stride;
    }
    place += run;
    left -= run;
    if (place == size) {
      place = 0;
      advance(plan, padded);
    }
  }
  store<u32>(plan + 40, <u32>place);
}

/** Adds the values of digits from..count-1, the same for all points, in their order. */
function addConstants(
  sums: usize,
  run: usize,
  values: usize,
  digits: usize,
  from: usize,
  count: usize,
  rowBytes: usize,
): void {
  while (
    count > from &&
    load<f64>(
      values + (count - 1) * rowBytes + ((<usize>load<u32>(digits + ((count - 1) << 2))) << 3),
    ) == 0.0
  ) {
    count--;
  }
  if (count == from) return;
  // 16 points a round: the additions to one of them wait for one another.
  for (let i: usize = 0; i < run; i += 16) {
    const at = sums + (i << 3);
    let a = v128.load(at);
    let b = v128.load(at, 16);
    let c = v128.load(at, 32);
    let d = v128.load(at, 48);
    let e = v128.load(at, 64);
    let f = v128.load(at, 80);
    let g = v128.load(at, 96);
    let h = v128.load(at, 112);
    let r = values + from * rowBytes;
    for (let t = from; t < count; t++, r += rowBytes) {
      const v = v128.load64_splat(r + ((<usize>load<u32>(digits + (t << 2))) << 3));
      a = f64x2.add(a, v);
      b = f64x2.add(b, v);
      c = f64x2.add(c, v);
      d = f64x2.add(d, v);
      e = f64x2.add(e, v);
      f = f64x2.add(f, v);
      g = f64x2.add(g, v);
      h = f64x2.add(h, v);
    }
    v128.store(at, a);
    v128.store(at, b, 16);
    v128.store(at, c, 32);
    v128.store(at, d, 48);
    v128.store(at, e, 64);
    v128.store(at, f, 80);
    v128.store(at, g, 96);
    v128.store(at, h, 112);
  }
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
    }
  }
}
