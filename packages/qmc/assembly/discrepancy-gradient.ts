import { Pairs } from "./discrepancy";

// Sums over the points of a product kernel and of its derivatives, laid out as in discrepancy.ts.

/** Inlined, so that each kind has loops of its own. */
class Slopes {
  @inline
  static sign(z: v128): v128 {
    const zero = f64x2.splat(0);
    const one = f64x2.splat(1);
    const above = v128.and(f64x2.gt(z, zero), one);
    return f64x2.sub(above, v128.and(f64x2.lt(z, zero), one));
  }

  /** The derivative of k(x, y) by x, the mean of both sides on kinks. */
  @inline
  static slope(kind: i32, x: v128, y: v128): v128 {
    const half = f64x2.splat(0.5);
    const gap = f64x2.sub(x, y);
    const s = Slopes.sign(gap);
    const one = f64x2.splat(1);
    if (kind == 0) return f64x2.mul(f64x2.splat(-0.5), f64x2.add(one, s));
    if (kind == 1) return f64x2.sub(f64x2.mul(half, f64x2.sub(one, s)), y);
    if (kind == 2) return f64x2.sub(f64x2.add(gap, gap), s);
    if (kind == 4) return f64x2.mul(f64x2.splat(-0.5), s);
    const side = Slopes.sign(f64x2.sub(x, half));
    if (kind == 3) return f64x2.mul(half, f64x2.sub(side, s));
    const steep = f64x2.sub(gap, f64x2.mul(f64x2.splat(0.75), s));
    return f64x2.sub(steep, f64x2.mul(f64x2.splat(0.25), side));
  }

  /** Values, prefixes of their products, then the products without one value times its slope. */
  @inline
  static step(
    kind: i32,
    x: usize,
    weights: usize,
    n: usize,
    d: usize,
    c: v128,
    i: usize,
    other: usize,
    single: bool,
    scratch: usize,
    sums: usize,
  ): v128 {
    const stride = n << 3;
    let product = f64x2.splat(1);
    let at = x;
    for (let j: usize = 0; j < d; j++) {
      const own = v128.load64_splat(at + (i << 3));
      const there = at + (other << 3);
      const y = single ? v128.load64_zero(there) : v128.load(there);
      const w = v128.load64_splat(weights + (j << 3));
      const factor = f64x2.add(c, f64x2.mul(w, Pairs.value(kind, own, y)));
      v128.store(scratch + (j << 5), product);
      v128.store(scratch + (j << 5), factor, 16);
      product = f64x2.mul(product, factor);
      at += stride;
    }
    let after = f64x2.splat(1);
    for (let j: usize = d; j-- > 0; ) {
      at -= stride;
      const own = v128.load64_splat(at + (i << 3));
      const there = at + (other << 3);
      const y = single ? v128.load64_zero(there) : v128.load(there);
      const w = v128.load64_splat(weights + (j << 3));
      const before = v128.load(scratch + (j << 5));
      let term = f64x2.mul(f64x2.mul(before, after), f64x2.mul(w, Slopes.slope(kind, own, y)));
      if (single) term = f64x2.replace_lane(term, 1, 0);
      const sum = sums + (j << 4);
      v128.store(sum, f64x2.add(v128.load(sum), term));
      after = f64x2.mul(after, v128.load(scratch + (j << 5), 16));
    }
    return single ? f64x2.replace_lane(product, 1, 0) : product;
  }

  @inline
  static rows(
    kind: i32,
    x: usize,
    weights: usize,
    n: usize,
    d: usize,
    constant: f64,
    values: usize,
    slopes: usize,
    scratch: usize,
  ): void {
    const c = f64x2.splat(constant);
    const sums = scratch + (d << 5);
    for (let i: usize = 0; i < n; i++) {
      for (let j: usize = 0; j < d; j++) v128.store(sums + (j << 4), f64x2.splat(0));
      let value = f64x2.splat(0);
      let k: usize = 0;
      for (; k + 2 <= n; k += 2) {
        value = f64x2.add(
          value,
          Slopes.step(kind, x, weights, n, d, c, i, k, false, scratch, sums),
        );
      }
      if (k < n) {
        value = f64x2.add(value, Slopes.step(kind, x, weights, n, d, c, i, k, true, scratch, sums));
      }
      store<f64>(values + (i << 3), f64x2.extract_lane(value, 0) + f64x2.extract_lane(value, 1));
      for (let j: usize = 0; j < d; j++) {
        const sum = v128.load(sums + (j << 4));
        store<f64>(
          slopes + ((j * n + i) << 3),
          f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1),
        );
      }
    }
  }
}

/**
 * For every i: values[i] = the sum over all k of the product over j for points i and k;
 * slopes[j n + i] = its derivative by coordinate j of point i, point k held (k = i included).
 * `scratch` has 48 d bytes.
 */
export function discrepancySlopes(
  kind: i32,
  x: usize,
  weights: usize,
  n: usize,
  d: usize,
  constant: f64,
  values: usize,
  slopes: usize,
  scratch: usize,
): void {
  if (kind == 0) Slopes.rows(0, x, weights, n, d, constant, values, slopes, scratch);
  else if (kind == 1) Slopes.rows(1, x, weights, n, d, constant, values, slopes, scratch);
  else if (kind == 2) Slopes.rows(2, x, weights, n, d, constant, values, slopes, scratch);
  else if (kind == 3) Slopes.rows(3, x, weights, n, d, constant, values, slopes, scratch);
  else if (kind == 4) Slopes.rows(4, x, weights, n, d, constant, values, slopes, scratch);
  else Slopes.rows(5, x, weights, n, d, constant, values, slopes, scratch);
}
