// Reduction of a symmetric matrix to tridiagonal form by Householder reflections, in panels whose
// effect on the rest is one matrix product: Dongarra, Sorensen and Hammarling, "Block reduction of
// matrices to condensed forms", J. Comput. Appl. Math. 27, 1989.
import { fma64 } from "./fma";
import { axpy, dot, largest, scale } from "./vector";

/** y = A v for the symmetric m x m matrix whose lower triangle is at a (row stride ld elements). */
function symv(a: usize, ld: usize, m: i32, v: usize, y: usize): void {
  memory.fill(y, 0, (<usize>m) << 3);
  const stride = ld << 3;
  let i = 0;
  for (; i + 4 <= m; i += 4) {
    let r0 = a + i * stride;
    let r1 = r0 + stride;
    let r2 = r1 + stride;
    let r3 = r2 + stride;
    const vi = v + ((<usize>i) << 3);
    const v0 = v128.load64_splat(vi);
    const v1 = v128.load64_splat(vi, 8);
    const v2 = v128.load64_splat(vi, 16);
    const v3 = v128.load64_splat(vi, 24);
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let vp = v;
    let yp = y;
    for (let p = 0; p < i; p += 2) {
      const x = v128.load(vp);
      let t = v128.load(yp);
      let row = v128.load(r0);
      t = fma64(row, v0, t);
      s0 = fma64(row, x, s0);
      row = v128.load(r1);
      t = fma64(row, v1, t);
      s1 = fma64(row, x, s1);
      row = v128.load(r2);
      t = fma64(row, v2, t);
      s2 = fma64(row, x, s2);
      row = v128.load(r3);
      t = fma64(row, v3, t);
      s3 = fma64(row, x, s3);
      v128.store(yp, t);
      vp += 16;
      yp += 16;
      r0 += 16;
      r1 += 16;
      r2 += 16;
      r3 += 16;
    }
    const yi = y + ((<usize>i) << 3);
    store<f64>(yi, f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1));
    store<f64>(yi, f64x2.extract_lane(s1, 0) + f64x2.extract_lane(s1, 1), 8);
    store<f64>(yi, f64x2.extract_lane(s2, 0) + f64x2.extract_lane(s2, 1), 16);
    store<f64>(yi, f64x2.extract_lane(s3, 0) + f64x2.extract_lane(s3, 1), 24);
    symvCorner(a + i * (stride + 8), stride, 4, vi, yi);
  }
  for (; i < m; i++) {
    const row = a + i * stride;
    const yi = y + ((<usize>i) << 3);
    const vi = load<f64>(v + ((<usize>i) << 3));
    store<f64>(yi, dot(row, v, i) + load<f64>(row + ((<usize>i) << 3)) * vi);
    axpy(vi, row, y, i);
  }
}

/** y += A v for a small lower triangle. */
function symvCorner(a: usize, stride: usize, m: i32, v: usize, y: usize): void {
  for (let i = 0; i < m; i++) {
    const vi = load<f64>(v + ((<usize>i) << 3));
    let s: f64 = 0;
    for (let j = 0; j < i; j++) {
      const x = load<f64>(a + i * stride + ((<usize>j) << 3));
      s += x * load<f64>(v + ((<usize>j) << 3));
      const yj = y + ((<usize>j) << 3);
      store<f64>(yj, load<f64>(yj) + x * vi);
    }
    const yi = y + ((<usize>i) << 3);
    store<f64>(yi, load<f64>(yi) + s + load<f64>(a + i * stride + ((<usize>i) << 3)) * vi);
  }
}

/** The power of two at or below x, as far as it and its inverse are normal numbers; 1 for 0. */
function powerOfTwo(x: f64): f64 {
  if (x === 0) return 1;
  const exponent = (reinterpret<u64>(x) >> 52) & 0x7ff;
  return reinterpret<f64>(max<u64>(min<u64>(exponent, 2045), 1) << 52);
}

/**
 * Reduces columns k..k+nb of the n x n matrix a (lower triangle), whose rows and columns from k on
 * are up to date. Writes the diagonal d, the subdiagonal e, the reflections I - tau v v^T (v_c of
 * length n at v + c n, zero above row c + 1) and w_c such that the rest becomes
 * A - sum (v_c w_c^T + w_c v_c^T); w_c at w + (c - k) n.
 */
export function tridiagonalPanel(
  a: usize,
  n: i32,
  k: i32,
  nb: i32,
  v: usize,
  w: usize,
  tau: usize,
  d: usize,
  e: usize,
): void {
  const length = (<usize>n) << 3;
  for (let c = k; c < k + nb; c++) {
    const vc = v + c * length;
    const wc = w + (c - k) * length;
    const at = (<usize>c) << 3;
    // Column c, brought up to date; vc holds it from row c on.
    for (let i = c; i < n; i++) {
      store<f64>(vc + ((<usize>i) << 3), load<f64>(a + ((<usize>i * n + c) << 3)));
    }
    for (let j = k; j < c; j++) {
      const vj = v + j * length + at;
      const wj = w + (j - k) * length + at;
      axpy(-load<f64>(wj), vj, vc + at, n - c);
      axpy(-load<f64>(vj), wj, vc + at, n - c);
    }
    store<f64>(d + at, load<f64>(vc + at));
    memory.fill(vc, 0, at + 8);
    memory.fill(wc, 0, length);
    if (c === n - 1) return;
    const m = n - c - 1;
    const x = vc + at + 8;
    // A power of two near the column's largest element, so that no square leaves the range.
    const size = powerOfTwo(largest(x, m));
    if (size !== 1) scale(1 / size, x, m);
    const alpha = load<f64>(x);
    const rest = dot(x + 8, x + 8, m - 1);
    store<f64>(tau + at, 0);
    store<f64>(e + at, alpha * size);
    store<f64>(x, 1);
    if (rest === 0) continue;
    const norm = Math.sqrt(alpha * alpha + rest);
    const beta = alpha > 0 ? -norm : norm;
    const t = (beta - alpha) / beta;
    store<f64>(tau + at, t);
    store<f64>(e + at, beta * size);
    scale(1 / (alpha - beta), x + 8, m - 1);
    const y = wc + at + 8;
    symv(a + ((<usize>(c + 1) * (n + 1)) << 3), n, m, x, y);
    for (let j = k; j < c; j++) {
      const vj = v + j * length + at + 8;
      const wj = w + (j - k) * length + at + 8;
      const wv = dot(wj, x, m);
      const vv = dot(vj, x, m);
      axpy(-wv, vj, y, m);
      axpy(-vv, wj, y, m);
    }
    scale(t, y, m);
    axpy(-0.5 * t * dot(y, x, m), x, y, m);
  }
}

/**
 * The upper triangular nb x nb matrix T (row-major, zeros below) of the block reflection
 * H_k ... H_{k+nb-1} = I - V T V^T.
 */
export function reflectionFactor(v: usize, tau: usize, n: i32, k: i32, nb: i32, t: usize): void {
  const length = (<usize>n) << 3;
  for (let j = 0; j < nb; j++) {
    const f = load<f64>(tau + ((<usize>(k + j)) << 3));
    for (let i = 0; i < nb; i++) {
      const to = t + ((<usize>(i * nb + j)) << 3);
      if (i >= j) {
        store<f64>(to, i === j ? f : 0);
      } else {
        store<f64>(to, -f * dot(v + (k + i) * length, v + (k + j) * length, n));
      }
    }
    // T[:j, j] = T[:j, :j] times what stands there, top row first.
    for (let i = 0; i < j; i++) {
      let s: f64 = 0;
      for (let p = i; p < j; p++) {
        s +=
          load<f64>(t + ((<usize>(i * nb + p)) << 3)) * load<f64>(t + ((<usize>(p * nb + j)) << 3));
      }
      store<f64>(t + ((<usize>(i * nb + j)) << 3), s);
    }
  }
}
