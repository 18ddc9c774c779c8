// Nested uniform scrambling (Owen 1995) of 64-bit fractions by a tree that is never stored: the
// random bits of a node are words of a counter-based generator. See src/sequences/net/owen-tree.ts.

import { Levels } from "./net-levels";

// The words of four Philox 4x32-10 blocks, two 64-bit numbers a block.
let a01: v128 = i64x2.splat(0);
let a23: v128 = i64x2.splat(0);
let b01: v128 = i64x2.splat(0);
let b23: v128 = i64x2.splat(0);

/** Blocks with counters (depth, 0, low word, high word of the prefix) for four prefixes. */
function drawNodes(key: u64, depth: i32, p01: v128, p23: v128): void {
  const m0 = i32x4.splat(0xd2511f53);
  const m1 = i32x4.splat(0xcd9e8d57);
  const w0 = i32x4.splat(0x9e3779b9);
  const w1 = i32x4.splat(0xbb67ae85);
  let c0 = i32x4.splat(depth);
  let c1 = i32x4.splat(0);
  let c2 = v128.shuffle<i32>(p01, p23, 0, 2, 4, 6);
  let c3 = v128.shuffle<i32>(p01, p23, 1, 3, 5, 7);
  let a = i32x4.splat(<i32>key);
  let b = i32x4.splat(<i32>(key >> 32));
  for (let round = 0; round < 10; round++) {
    const q0 = i64x2.extmul_low_i32x4_u(c0, m0);
    const q1 = i64x2.extmul_high_i32x4_u(c0, m0);
    const r0 = i64x2.extmul_low_i32x4_u(c2, m1);
    const r1 = i64x2.extmul_high_i32x4_u(c2, m1);
    c0 = v128.xor(v128.xor(v128.shuffle<i32>(r0, r1, 1, 3, 5, 7), c1), a);
    c2 = v128.xor(v128.xor(v128.shuffle<i32>(q0, q1, 1, 3, 5, 7), c3), b);
    c1 = v128.shuffle<i32>(r0, r1, 0, 2, 4, 6);
    c3 = v128.shuffle<i32>(q0, q1, 0, 2, 4, 6);
    a = i32x4.add(a, w0);
    b = i32x4.add(b, w1);
  }
  a01 = v128.shuffle<i32>(c0, c1, 0, 4, 1, 5);
  a23 = v128.shuffle<i32>(c0, c1, 2, 6, 3, 7);
  b01 = v128.shuffle<i32>(c2, c3, 0, 4, 1, 5);
  b23 = v128.shuffle<i32>(c2, c3, 2, 6, 3, 7);
}

/**
 * Scrambles n points of `components` fractions, in place. Only their first `digits` digits may differ
 * from 0; the result has `bits`. `keys` holds a 64-bit key a component, `lookup` the 8 images under
 * each tree of three levels, and `scratch` room for the blocks of n nodes or more.
 */
export function netTree(
  words: usize,
  n: i32,
  components: i32,
  digits: i32,
  bits: i32,
  keys: usize,
  lookup: usize,
  scratch: usize,
): void {
  const stride = (<usize>components) << 3;
  const first = ((digits + 6) % 7) + 1; // levels of the first band; the others have seven
  const mask = Levels.mask(bits);
  for (let c = 0; c < components; c++, keys += 8, words += 8) {
    const key = load<u64>(keys);
    // Bands with few nodes, compared with n, are drawn once.
    let shared = 0;
    let depth = 0;
    for (let to = scratch; depth < digits && 4 << depth <= n; depth += depth == 0 ? first : 7) {
      const nodes = 1 << depth;
      for (let i = 0; i < nodes; i += 4, to += 64) {
        const lift = <i32>(64 - depth) & 63;
        const p01 = depth == 0 ? i64x2.splat(0) : i64x2.shl(i64x2(i, i + 1), lift);
        const p23 = depth == 0 ? i64x2.splat(0) : i64x2.shl(i64x2(i + 2, i + 3), lift);
        drawNodes(key, depth, p01, p23);
        v128.store(to, v128.shuffle<i64>(a01, b01, 0, 2));
        v128.store(to, v128.shuffle<i64>(a01, b01, 1, 3), 16);
        v128.store(to, v128.shuffle<i64>(a23, b23, 0, 2), 32);
        v128.store(to, v128.shuffle<i64>(a23, b23, 1, 3), 48);
      }
      shared++;
    }
    for (let i = 0; i < n; i += 4) {
      // The last four may overlap: the last point is then taken several times.
      const q0 = words + <usize>i * stride;
      const q1 = i + 1 < n ? q0 + stride : q0;
      const q2 = i + 2 < n ? q1 + stride : q1;
      const q3 = i + 3 < n ? q2 + stride : q2;
      const x0 = load<u64>(q0);
      const x1 = load<u64>(q1);
      const x2 = load<u64>(q2);
      const x3 = load<u64>(q3);
      const x01 = i64x2.replace_lane(i64x2.splat(x0), 1, x1);
      const x23 = i64x2.replace_lane(i64x2.splat(x2), 1, x3);
      let y0: u64 = 0;
      let y1: u64 = 0;
      let y2: u64 = 0;
      let y3: u64 = 0;
      let band = 0;
      let table = scratch;
      for (let d = 0; d < digits; d += d == 0 ? first : 7, band++) {
        const levels = d == 0 ? first : 7;
        const right = u64(64 - d - levels);
        // A first band of fewer levels takes seven digits, and the last are dropped again.
        const take = d == 0 ? u64(57) : right;
        const drop = u64(7 - levels);
        if (band < shared) {
          const by = u64(64 - d) & 63;
          const m = d == 0 ? u64(0) : u64(-1);
          const n0 = table + <usize>(((x0 & m) >> by) << 4);
          const n1 = table + <usize>(((x1 & m) >> by) << 4);
          const n2 = table + <usize>(((x2 & m) >> by) << 4);
          const n3 = table + <usize>(((x3 & m) >> by) << 4);
          y0 |=
            (Levels.scramble7(load<u64>(n0), load<u64>(n0, 8), (x0 >> take) & 127, lookup) >>
              drop) <<
            right;
          y1 |=
            (Levels.scramble7(load<u64>(n1), load<u64>(n1, 8), (x1 >> take) & 127, lookup) >>
              drop) <<
            right;
          y2 |=
            (Levels.scramble7(load<u64>(n2), load<u64>(n2, 8), (x2 >> take) & 127, lookup) >>
              drop) <<
            right;
          y3 |=
            (Levels.scramble7(load<u64>(n3), load<u64>(n3, 8), (x3 >> take) & 127, lookup) >>
              drop) <<
            right;
          table += (<usize>max(4, 1 << d)) << 4;
        } else {
          const kept = i64x2.splat(d == 0 ? 0 : <i64>(u64(-1) << u64(64 - d)));
          drawNodes(key, d, v128.and(x01, kept), v128.and(x23, kept));
          y0 |=
            (Levels.scramble7(
              i64x2.extract_lane(a01, 0),
              i64x2.extract_lane(b01, 0),
              (x0 >> take) & 127,
              lookup,
            ) >>
              drop) <<
            right;
          y1 |=
            (Levels.scramble7(
              i64x2.extract_lane(a01, 1),
              i64x2.extract_lane(b01, 1),
              (x1 >> take) & 127,
              lookup,
            ) >>
              drop) <<
            right;
          y2 |=
            (Levels.scramble7(
              i64x2.extract_lane(a23, 0),
              i64x2.extract_lane(b23, 0),
              (x2 >> take) & 127,
              lookup,
            ) >>
              drop) <<
            right;
          y3 |=
            (Levels.scramble7(
              i64x2.extract_lane(a23, 1),
              i64x2.extract_lane(b23, 1),
              (x3 >> take) & 127,
              lookup,
            ) >>
              drop) <<
            right;
        }
      }
      if (digits < 64) {
        // Below the digits every node lies on one path, that of zeros: a bit a level.
        drawNodes(key, digits, x01, x23);
        y0 |= u64(i64x2.extract_lane(a01, 0)) >> u64(digits);
        y1 |= u64(i64x2.extract_lane(a01, 1)) >> u64(digits);
        y2 |= u64(i64x2.extract_lane(a23, 0)) >> u64(digits);
        y3 |= u64(i64x2.extract_lane(a23, 1)) >> u64(digits);
      }
      store<u64>(q0, y0 & mask);
      if (q1 != q0) store<u64>(q1, y1 & mask);
      if (q2 != q1) store<u64>(q2, y2 & mask);
      if (q3 != q2) store<u64>(q3, y3 & mask);
    }
  }
}
