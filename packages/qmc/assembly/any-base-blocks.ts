// Points in blocks (src/sequences/any-base/block-tables.ts makes the tables).

import { advance, LARGEST, word } from "./any-base-digits";

/**
 * Blocks of B = b^K points that share their higher index digits; the word 4 has the digits at their
 * first point. 7: values (T rows of 2 b doubles: what digit y mod b adds, permuted), 8: what a point
 * of the block adds to each digit, in bytes (T rows of B half words), 9: B, 10: place in the block,
 * 11: digits q that the higher index digits leave alone, 12: their sums (B doubles), 13: digits
 * from which on all points of a block have the same, 14: room for B doubles.
 */
export function blockRows(plan: usize, out: usize, n: i32, stride: usize): void {
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
