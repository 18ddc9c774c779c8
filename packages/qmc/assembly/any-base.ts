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

/** digits += step modulo base, four at a time; both have room for a multiple of four. */
function addDigits(digits: usize, step: usize, count: usize, base: u32): void {
  const b = i32x4.splat(base);
  for (let t: usize = 0; t < count << 2; t += 16) {
    const y = i32x4.add(v128.load(digits + t), v128.load(step + t));
    v128.store(digits + t, i32x4.sub(y, v128.and(i32x4.ge_s(y, b), b)));
  }
}

function advance(plan: usize, padded: usize): usize {
  const base = load<u32>(plan + 4);
  const k = carry(word(plan, 5), word(plan, 3), base);
  addDigits(word(plan, 4), word(plan, 6) + ((k * padded) << 2), padded, base);
  return k;
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

function mix(x: u32): u32 {
  x = (x ^ (x >> 16)) * 0x7feb352d;
  x = (x ^ (x >> 15)) * 0x846ca68b;
  return x ^ (x >> 16);
}

/** 7: base^-(t+1), 8 and 9: the key of the tree. */
function nestedRows(plan: usize, out: usize, n: i32, stride: usize): void {
  const base = <i64>load<u32>(plan + 4);
  const inverse: f64 = 1.0 / <f64>base;
  const count = word(plan, 2);
  const padded = (count + 3) & ~3;
  const digits = word(plan, 4);
  const units = word(plan, 7);
  for (let i = 0; i < n; i++, out += stride) {
    let first = load<u32>(plan + 32);
    let second = load<u32>(plan + 36);
    let sum: f64 = 0.0;
    for (let t: usize = 0; t < count; t++) {
      const y = load<u32>(digits + (t << 2));
      const factor = 1 + ((<i64>(<u64>first) * (base - 1)) >> 32);
      const term = (<i64>(<u64>second) * base) >> 32;
      // (factor y + term) mod base without a division; the quotient may be off by one.
      const z = factor * <i64>y + term;
      let r = z - <i64>(<f64>z * inverse) * base;
      r += base & (r >> 63);
      r -= base & ((base - 1 - r) >> 63);
      sum += load<f64>(units + (t << 3)) * <f64>r;
      first = mix(first + (y + 1) * 0x9e3779b1);
      second = mix(second ^ first);
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
