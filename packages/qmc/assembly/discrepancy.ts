// Sums over pairs of points of a product kernel. The points lie transposed: coordinate j of point k
// at x + 8 (j n + k); constant + weight(j) k(x, y) is the factor of coordinate j.

/** Inlined, so that each kind has loops of its own. */
export class Pairs {
  @inline
  static value(kind: i32, x: v128, y: v128): v128 {
    const half = f64x2.splat(0.5);
    if (kind == 0) return f64x2.sub(f64x2.splat(1), f64x2.max(x, y));
    if (kind == 1) return f64x2.sub(f64x2.min(x, y), f64x2.mul(x, y));
    const gap = f64x2.abs(f64x2.sub(x, y));
    if (kind == 2) return f64x2.add(f64x2.sub(half, gap), f64x2.mul(gap, gap));
    if (kind == 4)
      return f64x2.mul(f64x2.splat(0.25), f64x2.sub(f64x2.splat(1), f64x2.add(gap, gap)));
    const u = f64x2.abs(f64x2.sub(x, half));
    const v = f64x2.abs(f64x2.sub(y, half));
    const sum = f64x2.add(u, v);
    if (kind == 3) return f64x2.mul(half, f64x2.sub(sum, gap));
    const flat = f64x2.sub(f64x2.splat(0.875), f64x2.mul(f64x2.splat(0.25), sum));
    const bend = f64x2.mul(gap, f64x2.sub(f64x2.mul(half, gap), f64x2.splat(0.75)));
    return f64x2.add(flat, bend);
  }

  @inline
  static rows(
    kind: i32,
    x: usize,
    weights: usize,
    n: usize,
    d: usize,
    constant: f64,
    from: usize,
    to: usize,
    sums: usize,
  ): void {
    const c = f64x2.splat(constant);
    const one = f64x2.splat(1);
    const stride = n << 3;
    for (let i = from; i < to; i++) {
      let sum0 = f64x2.splat(0);
      let sum1 = f64x2.splat(0);
      let k = i + 1;
      for (; k + 4 <= n; k += 4) {
        let product0 = one;
        let product1 = one;
        let at = x;
        for (let j: usize = 0; j < d; j++) {
          const w = v128.load64_splat(weights + (j << 3));
          const own = v128.load64_splat(at + (i << 3));
          const other = at + (k << 3);
          const k0 = Pairs.value(kind, own, v128.load(other));
          const k1 = Pairs.value(kind, own, v128.load(other, 16));
          product0 = f64x2.mul(product0, f64x2.add(c, f64x2.mul(w, k0)));
          product1 = f64x2.mul(product1, f64x2.add(c, f64x2.mul(w, k1)));
          at += stride;
        }
        sum0 = f64x2.add(sum0, product0);
        sum1 = f64x2.add(sum1, product1);
      }
      for (; k < n; k++) {
        let product = one;
        let at = x;
        for (let j: usize = 0; j < d; j++) {
          const w = v128.load64_splat(weights + (j << 3));
          const term = Pairs.value(
            kind,
            v128.load64_splat(at + (i << 3)),
            v128.load64_splat(at + (k << 3)),
          );
          product = f64x2.mul(product, f64x2.add(c, f64x2.mul(w, term)));
          at += stride;
        }
        sum0 = f64x2.replace_lane(
          sum0,
          0,
          f64x2.extract_lane(sum0, 0) + f64x2.extract_lane(product, 0),
        );
      }
      const sum = f64x2.add(sum0, sum1);
      store<f64>(sums + (i << 3), f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
    }
  }
}

/** For i in from..to-1: sums[i] = the sum over k > i of the product over j for points i and k. */
export function discrepancyPairs(
  kind: i32,
  x: usize,
  weights: usize,
  n: usize,
  d: usize,
  constant: f64,
  from: usize,
  to: usize,
  sums: usize,
): void {
  if (kind == 0) Pairs.rows(0, x, weights, n, d, constant, from, to, sums);
  else if (kind == 1) Pairs.rows(1, x, weights, n, d, constant, from, to, sums);
  else if (kind == 2) Pairs.rows(2, x, weights, n, d, constant, from, to, sums);
  else if (kind == 3) Pairs.rows(3, x, weights, n, d, constant, from, to, sums);
  else if (kind == 4) Pairs.rows(4, x, weights, n, d, constant, from, to, sums);
  else Pairs.rows(5, x, weights, n, d, constant, from, to, sums);
}
