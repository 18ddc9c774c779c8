import { fma32 } from "../../compute/assembly/fma";

/** A class, since only methods may be marked for inlining everywhere they are called. */
export class Tiles {
  /**
   * Correlates columns first..last-1, in tiles of two rows by `vectors` x 4 columns (`vectors`, 2 to
   * 6, must be a constant): each input vector is loaded once for both rows.
   *
   * input: the padded plane, whose rows are rowBytes apart and stand for every spread-th of `rows`
   * rows; w: the taps, K x K. Output row y takes tap row 0 from input row y * step - K / 2; output
   * rows are `width` numbers long, and only every step-th column of them means something.
   */
  @inline
  static correlate(
    vectors: i32,
    input: usize,
    rowBytes: usize,
    w: usize,
    output: usize,
    first: i32,
    last: i32,
    rows: i32,
    width: i32,
    K: i32,
    spread: i32,
    step: i32,
  ): void {
    const half = K >> 1;
    const outRows = (rows + step - 1) / step;
    for (let y = 0; y < outRows; y += 2) {
      const top = y * step - half;
      const from = top > 0 ? top + (top & (spread - 1)) : 0;
      const to = min(rows, top + step + K) - top;
      const start = input + <usize>(from >> (spread - 1)) * rowBytes;
      for (let at = first; at < last; at += 4 * vectors) {
        let x = start + ((<usize>at) << 2);
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
        for (let ka = from - top; ka < to; ka += spread, x += rowBytes) {
          const kb = ka - step;
          let p = x;
          let wa = w + ((<usize>(ka * K)) << 2);
          let wb = w + ((<usize>(kb * K)) << 2);
          const end = p + ((<usize>K) << 2);
          if (ka < K && kb >= 0) {
            for (; p < end; p += 4, wa += 4, wb += 4) {
              const s = v128.load32_splat(wa);
              const t = v128.load32_splat(wb);
              const x0 = v128.load(p);
              a0 = fma32(x0, s, a0);
              b0 = fma32(x0, t, b0);
              if (vectors > 1) {
                const x1 = v128.load(p, 16);
                a1 = fma32(x1, s, a1);
                b1 = fma32(x1, t, b1);
              }
              if (vectors > 2) {
                const x2 = v128.load(p, 32);
                a2 = fma32(x2, s, a2);
                b2 = fma32(x2, t, b2);
              }
              if (vectors > 3) {
                const x3 = v128.load(p, 48);
                a3 = fma32(x3, s, a3);
                b3 = fma32(x3, t, b3);
              }
              if (vectors > 4) {
                const x4 = v128.load(p, 64);
                a4 = fma32(x4, s, a4);
                b4 = fma32(x4, t, b4);
              }
              if (vectors > 5) {
                const x5 = v128.load(p, 80);
                a5 = fma32(x5, s, a5);
                b5 = fma32(x5, t, b5);
              }
            }
          } else if (ka < K) {
            for (; p < end; p += 4, wa += 4) {
              const s = v128.load32_splat(wa);
              a0 = fma32(v128.load(p), s, a0);
              if (vectors > 1) {
                a1 = fma32(v128.load(p, 16), s, a1);
              }
              if (vectors > 2) {
                a2 = fma32(v128.load(p, 32), s, a2);
              }
              if (vectors > 3) {
                a3 = fma32(v128.load(p, 48), s, a3);
              }
              if (vectors > 4) {
                a4 = fma32(v128.load(p, 64), s, a4);
              }
              if (vectors > 5) {
                a5 = fma32(v128.load(p, 80), s, a5);
              }
            }
          } else if (kb >= 0) {
            for (; p < end; p += 4, wb += 4) {
              const t = v128.load32_splat(wb);
              b0 = fma32(v128.load(p), t, b0);
              if (vectors > 1) {
                b1 = fma32(v128.load(p, 16), t, b1);
              }
              if (vectors > 2) {
                b2 = fma32(v128.load(p, 32), t, b2);
              }
              if (vectors > 3) {
                b3 = fma32(v128.load(p, 48), t, b3);
              }
              if (vectors > 4) {
                b4 = fma32(v128.load(p, 64), t, b4);
              }
              if (vectors > 5) {
                b5 = fma32(v128.load(p, 80), t, b5);
              }
            }
          }
        }
        const out = output + ((<usize>(y * width + at)) << 2);
        v128.store(out, a0);
        if (vectors > 1) {
          v128.store(out, a1, 16);
        }
        if (vectors > 2) {
          v128.store(out, a2, 32);
        }
        if (vectors > 3) {
          v128.store(out, a3, 48);
        }
        if (vectors > 4) {
          v128.store(out, a4, 64);
        }
        if (vectors > 5) {
          v128.store(out, a5, 80);
        }
        if (y + 1 < outRows) {
          const below = out + ((<usize>width) << 2);
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
        }
      }
    }
  }
}
