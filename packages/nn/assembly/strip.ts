import { fma32 } from "../../compute/assembly/fma";

/** A class, since only methods may be marked for inlining everywhere they are called. */
export class Strip {
  /**
   * Correlates a strip of `vectors` x 4 columns: `vectors`, 1 to 6, must be a constant. Output rows
   * y (sums a) and y + 1 (sums b) share the loads of the input rows that both need. In the rows
   * that only one of them needs, of which there would be more loads than multiplications can hide,
   * taps four apart go together: tap j + 4 of a vector meets the numbers of tap j of the next.
   *
   * x: the strip in the padded plane, whose rows are `rowBytes` apart and stand for every spread-th of
   * `rows` rows; w: the taps, K x K; out: the strip in the output, rows `outBytes` apart. Output row y
   * takes tap row 0 from row y * step - K / 2. Returns `bad`, with NaN added where a sum is not finite.
   */
  @inline
  static correlate(
    vectors: i32,
    x: usize,
    rowBytes: usize,
    w: usize,
    out: usize,
    outBytes: usize,
    rows: i32,
    K: i32,
    spread: i32,
    step: i32,
    bad: v128,
  ): v128 {
    const tapBytes = (<usize>K) << 2;
    // Taps alone: of the last eight, those that have none four further on.
    const alone = (<usize>(K & 4 ? K & ~3 : K)) << 2;
    const outRows = (rows + step - 1) / step;
    for (let y = 0; y < outRows; y += 2) {
      let a0 = f32x4.splat(0);
      let a1 = f32x4.splat(0);
      let a2 = f32x4.splat(0);
      let a3 = f32x4.splat(0);
      let a4 = f32x4.splat(0);
      let a5 = f32x4.splat(0);
      let b0 = f32x4.splat(0);
      let b1 = f32x4.splat(0);
      let b2 = f32x4.splat(0);
      let b3 = f32x4.splat(0);
      let b4 = f32x4.splat(0);
      let b5 = f32x4.splat(0);
      const top = y * step - (K >> 1);
      const from = top > 0 ? top + (top & (spread - 1)) : 0;
      const to = min(rows, top + K + (y + 1 < outRows ? step : 0)) - top;
      let row = x + <usize>(from >> (spread - 1)) * rowBytes;
      let k = from - top; // tap row of a; k - step is that of b
      for (; k < min(step, to); k += spread, row += rowBytes) {
        if (k >= K) continue;
        let p = row;
        let s = w + <usize>k * tapBytes;
        const last = s + alone;
        for (let left = K; left > 4; left -= 8) {
          for (const end = s + ((<usize>min(left - 4, 4)) << 2); s < end; p += 4, s += 4) {
            const u = v128.load32_splat(s);
            const v = v128.load32_splat(s, 16);
            let r = v128.load(p);
            a0 = fma32(r, u, a0);
            r = v128.load(p, 16);
            a0 = fma32(r, v, a0);
            if (vectors > 1) {
              a1 = fma32(r, u, a1);
              r = v128.load(p, 32);
              a1 = fma32(r, v, a1);
            }
            if (vectors > 2) {
              a2 = fma32(r, u, a2);
              r = v128.load(p, 48);
              a2 = fma32(r, v, a2);
            }
            if (vectors > 3) {
              a3 = fma32(r, u, a3);
              r = v128.load(p, 64);
              a3 = fma32(r, v, a3);
            }
            if (vectors > 4) {
              a4 = fma32(r, u, a4);
              r = v128.load(p, 80);
              a4 = fma32(r, v, a4);
            }
            if (vectors > 5) {
              a5 = fma32(r, u, a5);
              r = v128.load(p, 96);
              a5 = fma32(r, v, a5);
            }
          }
          if (left >= 8) {
            p += 16;
            s += 16;
          }
        }
        for (; s < last; p += 4, s += 4) {
          const u = v128.load32_splat(s);
          a0 = fma32(v128.load(p), u, a0);
          if (vectors > 1) {
            a1 = fma32(v128.load(p, 16), u, a1);
          }
          if (vectors > 2) {
            a2 = fma32(v128.load(p, 32), u, a2);
          }
          if (vectors > 3) {
            a3 = fma32(v128.load(p, 48), u, a3);
          }
          if (vectors > 4) {
            a4 = fma32(v128.load(p, 64), u, a4);
          }
          if (vectors > 5) {
            a5 = fma32(v128.load(p, 80), u, a5);
          }
        }
      }
      for (const end = min(K, to); k < end; k += spread, row += rowBytes) {
        let s = w + <usize>k * tapBytes;
        let t = s - <usize>step * tapBytes;
        for (let p = row, end = p + tapBytes; p < end; p += 4, s += 4, t += 4) {
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
      for (; k < to; k += spread, row += rowBytes) {
        let p = row;
        let s = w + <usize>(k - step) * tapBytes;
        const last = s + alone;
        for (let left = K; left > 4; left -= 8) {
          for (const end = s + ((<usize>min(left - 4, 4)) << 2); s < end; p += 4, s += 4) {
            const u = v128.load32_splat(s);
            const v = v128.load32_splat(s, 16);
            let r = v128.load(p);
            b0 = fma32(r, u, b0);
            r = v128.load(p, 16);
            b0 = fma32(r, v, b0);
            if (vectors > 1) {
              b1 = fma32(r, u, b1);
              r = v128.load(p, 32);
              b1 = fma32(r, v, b1);
            }
            if (vectors > 2) {
              b2 = fma32(r, u, b2);
              r = v128.load(p, 48);
              b2 = fma32(r, v, b2);
            }
            if (vectors > 3) {
              b3 = fma32(r, u, b3);
              r = v128.load(p, 64);
              b3 = fma32(r, v, b3);
            }
            if (vectors > 4) {
              b4 = fma32(r, u, b4);
              r = v128.load(p, 80);
              b4 = fma32(r, v, b4);
            }
            if (vectors > 5) {
              b5 = fma32(r, u, b5);
              r = v128.load(p, 96);
              b5 = fma32(r, v, b5);
            }
          }
          if (left >= 8) {
            p += 16;
            s += 16;
          }
        }
        for (; s < last; p += 4, s += 4) {
          const u = v128.load32_splat(s);
          b0 = fma32(v128.load(p), u, b0);
          if (vectors > 1) {
            b1 = fma32(v128.load(p, 16), u, b1);
          }
          if (vectors > 2) {
            b2 = fma32(v128.load(p, 32), u, b2);
          }
          if (vectors > 3) {
            b3 = fma32(v128.load(p, 48), u, b3);
          }
          if (vectors > 4) {
            b4 = fma32(v128.load(p, 64), u, b4);
          }
          if (vectors > 5) {
            b5 = fma32(v128.load(p, 80), u, b5);
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
      if (y + 1 < outRows) {
        const below = out + <usize>(y + 1) * outBytes;
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
    }
    return bad;
  }
}
