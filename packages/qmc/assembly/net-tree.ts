// Nested uniform scrambling (Owen 1995) of 64-bit fractions by a tree that is never stored: the
// random bits of a node are words of a counter-based generator. See src/sequences/net/owen-tree.ts.
import { Levels } from "./net-levels";

/** Bytes of a node block: 128 random bits for the 127 nodes of seven levels. */
const BLOCK: usize = 16;

class Tree {
  /**
   * Writes the Philox 4x32-10 blocks with counters (depth, 0, low word, high word of the prefix) for
   * four prefixes.
   */
  @inline
  static draw(to: usize, key: u64, depth: i32, p01: v128, p23: v128): void {
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
    const t0 = v128.shuffle<i32>(c0, c1, 0, 4, 1, 5);
    const t1 = v128.shuffle<i32>(c2, c3, 0, 4, 1, 5);
    const t2 = v128.shuffle<i32>(c0, c1, 2, 6, 3, 7);
    const t3 = v128.shuffle<i32>(c2, c3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<i64>(t0, t1, 0, 2));
    v128.store(to, v128.shuffle<i64>(t0, t1, 1, 3), 16);
    v128.store(to, v128.shuffle<i64>(t2, t3, 0, 2), 32);
    v128.store(to, v128.shuffle<i64>(t2, t3, 1, 3), 48);
  }

  /** The seven digits of x that end `right` digits before its last, under the block at `node`. */
  @inline
  static scramble(node: usize, x: u64, right: u64, lookup: usize): u64 {
    return Levels.scramble7(load<u64>(node), load<u64>(node, 8), (x >> right) & 127, lookup);
  }
}

/** Draws all blocks at one depth, in the order of their prefixes. */
function drawLevel(to: usize, key: u64, depth: i32): void {
  if (depth == 0) {
    Tree.draw(to, key, 0, i64x2.splat(0), i64x2.splat(0));
    return;
  }
  const by = 64 - depth;
  for (let i: i64 = 0; i < 1 << depth; i += 4, to += 4 * BLOCK) {
    const p01 = i64x2.shl(i64x2(i, i + 1), by);
    const p23 = i64x2.shl(i64x2(i + 2, i + 3), by);
    Tree.draw(to, key, depth, p01, p23);
  }
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
  const levels = scratch + 4 * BLOCK;
  for (let c = 0; c < components; c++, keys += 8, words += 8) {
    const key = load<u64>(keys);
    // Bands with few nodes, compared with n, are drawn once.
    let shared = 0;
    for (let to = levels; shared < digits && 4 << shared <= n; shared += shared == 0 ? first : 7) {
      drawLevel(to, key, shared);
      to += <usize>max(4, 1 << shared) * BLOCK;
    }
    for (let i = 0; i < n; i += 4) {
      // The last four may be fewer: the last point is then taken several times.
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

      // The first band takes seven digits, too, and drops those past its own.
      const root = levels;
      const drop = u64(7 - first);
      const rise = u64(64 - first);
      if (shared == 0) drawLevel(root, key, 0);
      let y0 = (Tree.scramble(root, x0, 57, lookup) >> drop) << rise;
      let y1 = (Tree.scramble(root, x1, 57, lookup) >> drop) << rise;
      let y2 = (Tree.scramble(root, x2, 57, lookup) >> drop) << rise;
      let y3 = (Tree.scramble(root, x3, 57, lookup) >> drop) << rise;

      let table = levels + 4 * BLOCK;
      for (let depth = first; depth < digits; depth += 7) {
        const by = u64(64 - depth);
        let n0 = scratch;
        let n1 = scratch + BLOCK;
        let n2 = scratch + 2 * BLOCK;
        let n3 = scratch + 3 * BLOCK;
        if (depth < shared) {
          n0 = table + <usize>(x0 >> by) * BLOCK;
          n1 = table + <usize>(x1 >> by) * BLOCK;
          n2 = table + <usize>(x2 >> by) * BLOCK;
          n3 = table + <usize>(x3 >> by) * BLOCK;
          table += <usize>max(4, 1 << depth) * BLOCK;
        } else {
          const kept = i64x2.splat(u64(-1) << by);
          Tree.draw(scratch, key, depth, v128.and(x01, kept), v128.and(x23, kept));
        }
        const right = u64(57 - depth);
        y0 |= Tree.scramble(n0, x0, right, lookup) << right;
        y1 |= Tree.scramble(n1, x1, right, lookup) << right;
        y2 |= Tree.scramble(n2, x2, right, lookup) << right;
        y3 |= Tree.scramble(n3, x3, right, lookup) << right;
      }
      if (digits < 64) {
        // Below the digits every node lies on one path, that of zeros: a bit a level.
        Tree.draw(scratch, key, digits, x01, x23);
        y0 |= load<u64>(scratch) >> u64(digits);
        y1 |= load<u64>(scratch + BLOCK) >> u64(digits);
        y2 |= load<u64>(scratch + 2 * BLOCK) >> u64(digits);
        y3 |= load<u64>(scratch + 3 * BLOCK) >> u64(digits);
      }
      store<u64>(q0, y0 & mask);
      if (q1 != q0) store<u64>(q1, y1 & mask);
      if (q2 != q1) store<u64>(q2, y2 & mask);
      if (q3 != q2) store<u64>(q3, y3 & mask);
    }
  }
}
