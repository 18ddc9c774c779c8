import { fma32 } from "../../compute/assembly/fma";

/** A class, since only methods may be marked for inlining everywhere they are called. */
export class Strip {
  /**
   * Correlates, at stride 1, a strip of `vectors` x 4 columns: `vectors`, 1 to 6, must be a constant.
   * Output rows y (sums a) and y + 1 (sums b) share the loads of K - 1 input rows. The last tap row
   * of b goes together with the first one of the next a: alone, either would be too few sums to
   * keep the multipliers busy.
   *
   * x: the strip in the padded plane, rows `rowBytes` apart; zeros: a row of zeros; w: the taps,
   * K x K; out: the strip in the output, rows `outBytes` apart. Returns `bad`, with NaN added where
   * a sum is not finite.
   */
  @inline
  static correlate(
    vectors: i32,
    x: usize,
    zeros: usize,
    rowBytes: usize,
    w: usize,
    out: usize,
    outBytes: usize,
    rows: i32,
    K: i32,
    bad: v128,
  ): v128 {
    const half = K >> 1;
    const tapBytes = (<usize>K) << 2;
    const lastTaps = w + <usize>(K - 1) * tapBytes;
    let b0 = f32x4.splat(0);
    let b1 = f32x4.splat(0);
    let b2 = f32x4.splat(0);
    let b3 = f32x4.splat(0);
    let b4 = f32x4.splat(0);
    let b5 = f32x4.splat(0);
    for (let y = 0; y <= rows; y += 2) {
      let a0 = f32x4.splat(0);
      let a1 = f32x4.splat(0);
      let a2 = f32x4.splat(0);
      let a3 = f32x4.splat(0);
      let a4 = f32x4.splat(0);
      let a5 = f32x4.splat(0);
      let p = y < half ? zeros : x + <usize>(y - half) * rowBytes;
      let q = y - 1 + half >= rows ? zeros : x + <usize>(y - 1 + half) * rowBytes;
      let s = w;
      let t = lastTaps;
      for (const end = w + tapBytes; s < end; p += 4, q += 4, s += 4, t += 4) {
        const u = v128.load32_splat(s);
        const v = v128.load32_splat(t);
        a0 = fma32(v128.load(p), u, a0);
        b0 = fma32(v128.load(q), v, b0);
        if (vectors > 1) {
          a1 = fma32(v128.load(p, 16), u, a1);
          b1 = fma32(v128.load(q, 16), v, b1);
        }
        if (vectors > 2) {
          a2 = fma32(v128.load(p, 32), u, a2);
          b2 = fma32(v128.load(q, 32), v, b2);
        }
        if (vectors > 3) {
          a3 = fma32(v128.load(p, 48), u, a3);
          b3 = fma32(v128.load(q, 48), v, b3);
        }
        if (vectors > 4) {
          a4 = fma32(v128.load(p, 64), u, a4);
          b4 = fma32(v128.load(q, 64), v, b4);
        }
        if (vectors > 5) {
          a5 = fma32(v128.load(p, 80), u, a5);
          b5 = fma32(v128.load(q, 80), v, b5);
        }
      }
      if (y > 0) {
        const below = out + <usize>(y - 1) * outBytes;
        v128.store(below, b0);
        if (vectors > 1) {
          v128.store(below, b1, 16);
        }
        if (vectors > 2) {
          v128.store(below, b2, 32);
        }
        if (vectors > 3) {
          v128.store(below, b3, 48);
        }
        if (vectors > 4) {
          v128.store(below, b4, 64);
        }
        if (vectors > 5) {
          v128.store(below, b5, 80);
        }
        let bSum = b0;
        if (vectors > 1) bSum = f32x4.add(b0, b1);
        if (vectors > 2) bSum = f32x4.add(bSum, vectors > 3 ? f32x4.add(b2, b3) : b2);
        if (vectors > 4) bSum = f32x4.add(bSum, vectors > 5 ? f32x4.add(b4, b5) : b4);
        bad = f32x4.add(bad, f32x4.sub(bSum, bSum));
      }
      if (y == rows) break;
      b0 = f32x4.splat(0);
      b1 = f32x4.splat(0);
      b2 = f32x4.splat(0);
      b3 = f32x4.splat(0);
      b4 = f32x4.splat(0);
      b5 = f32x4.splat(0);
      const from = max(0, y + 1 - half);
      const to = min(rows - 1, y + half);
      let row = x + <usize>from * rowBytes;
      t = w + <usize>(from - (y + 1 - half)) * tapBytes;
      s = t + tapBytes;
      for (let r = from; r <= to; r++, row += rowBytes) {
        p = row;
        for (const end = p + tapBytes; p < end; p += 4, s += 4, t += 4) {
          const u = v128.load32_splat(s);
          const v = v128.load32_splat(t);
          const x0 = v128.load(p);
          a0 = fma32(x0, u, a0);
          b0 = fma32(x0, v, b0);
          if (vectors > 1) {
            const x1 = v128.load(p, 16);
            a1 = fma32(x1, u, a1);
            b1 = fma32(x1, v, b1);
          }
          if (vectors > 2) {
            const x2 = v128.load(p, 32);
            a2 = fma32(x2, u, a2);
            b2 = fma32(x2, v, b2);
          }
          if (vectors > 3) {
            const x3 = v128.load(p, 48);
            a3 = fma32(x3, u, a3);
            b3 = fma32(x3, v, b3);
          }
          if (vectors > 4) {
            const x4 = v128.load(p, 64);
            a4 = fma32(x4, u, a4);
            b4 = fma32(x4, v, b4);
          }
          if (vectors > 5) {
            const x5 = v128.load(p, 80);
            a5 = fma32(x5, u, a5);
            b5 = fma32(x5, v, b5);
          }
        }
      }
      const above = out + <usize>y * outBytes;
      v128.store(above, a0);
      if (vectors > 1) {
        v128.store(above, a1, 16);
      }
      if (vectors > 2) {
        v128.store(above, a2, 32);
      }
      if (vectors > 3) {
        v128.store(above, a3, 48);
      }
      if (vectors > 4) {
        v128.store(above, a4, 64);
      }
      if (vectors > 5) {
        v128.store(above, a5, 80);
      }
      let aSum = a0;
      if (vectors > 1) aSum = f32x4.add(a0, a1);
      if (vectors > 2) aSum = f32x4.add(aSum, vectors > 3 ? f32x4.add(a2, a3) : a2);
      if (vectors > 4) aSum = f32x4.add(aSum, vectors > 5 ? f32x4.add(a4, a5) : a4);
      bad = f32x4.add(bad, f32x4.sub(aSum, aSum));
    }
    return bad;
  }
}
