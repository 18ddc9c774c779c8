// The implicit QL algorithm for a symmetric tridiagonal matrix (Bowdler, Martin, Reinsch and
// Wilkinson, "The QR and QL algorithms for symmetric matrices", Numer. Math. 11, 1968), with its
// rotations written down, so that they can be applied to the vectors later, on any thread.
import { fma64 } from "./fma";

const EPSILON: f64 = 1.1102230246251565e-16; // 2^-53

/** sqrt(f^2 + g^2) that survives squares too small for normal numbers. */
function hypotenuse(f: f64, g: f64): f64 {
  const square = f * f + g * g;
  if (square > 1e-280) return Math.sqrt(square);
  const scale: f64 = 3.273390607896142e150; // 2^500
  f *= scale;
  g *= scale;
  return Math.sqrt(f * f + g * g) / scale;
}

/**
 * Runs QL sweeps on d, e (e[n-1] is scratch) from state[0] on, until all is diagonal or `capacity`
 * rotations (at least n) could be exceeded. An e[i] up to floors[i], or that rounding would lose
 * beside its diagonal, counts as zero. state: the first index not converged, the number of
 * sweeps written, the iterations spent on that index. sweeps: for each its top index m, its number
 * of rotations and where they begin in `rotations` (cosine, sine); the rotations act on the pairs
 * (m-1, m), (m-2, m-1), ...
 */
export function qlSweeps(
  d: usize,
  e: usize,
  n: i32,
  floors: usize,
  state: usize,
  sweeps: usize,
  rotations: usize,
  capacity: i32,
): void {
  let l = load<i32>(state);
  let iterations = load<i32>(state, 8);
  let count = 0;
  let written = 0;
  while (l < n) {
    let m = l;
    for (; m < n - 1; m++) {
      const near = abs(load<f64>(d + ((<usize>m) << 3))) + abs(load<f64>(d + ((<usize>m) << 3), 8));
      const off = abs(load<f64>(e + ((<usize>m) << 3)));
      if (off <= EPSILON * near || off <= load<f64>(floors + ((<usize>m) << 3))) break;
    }
    if (m === l) {
      l++;
      iterations = 0;
      continue;
    }
    if (written + m - l > capacity || iterations === 100) break;
    iterations++;
    const dl = d + ((<usize>l) << 3);
    const el = load<f64>(e + ((<usize>l) << 3));
    let g = (load<f64>(dl, 8) - load<f64>(dl)) / (2 * el);
    // For a huge g the root is g itself; its square might overflow.
    let r = abs(g) > 1e8 ? abs(g) : Math.sqrt(g * g + 1);
    g = load<f64>(d + ((<usize>m) << 3)) - load<f64>(dl) + el / (g + (g < 0 ? -r : r));
    let s: f64 = 1;
    let c: f64 = 1;
    let p: f64 = 0;
    let i = m - 1;
    const first = written;
    for (; i >= l; i--) {
      const di = d + ((<usize>i) << 3);
      const ei = e + ((<usize>i) << 3);
      const f = s * load<f64>(ei);
      const b = c * load<f64>(ei);
      r = hypotenuse(f, g);
      store<f64>(ei, r, 8);
      if (r === 0) {
        store<f64>(di, load<f64>(di, 8) - p, 8);
        break;
      }
      s = f / r;
      c = g / r;
      g = load<f64>(di, 8) - p;
      r = (load<f64>(di) - g) * s + 2 * c * b;
      p = s * r;
      store<f64>(di, g + p, 8);
      g = c * r - b;
      const to = rotations + ((<usize>written) << 4);
      store<f64>(to, c);
      store<f64>(to, s, 8);
      written++;
    }
    if (i < l) {
      store<f64>(dl, load<f64>(dl) - p);
      store<f64>(e + ((<usize>l) << 3), g);
    }
    store<f64>(e + ((<usize>m) << 3), 0);
    const sweep = sweeps + count * 12;
    store<i32>(sweep, m);
    store<i32>(sweep, written - first, 4);
    store<i32>(sweep, first, 8);
    count++;
  }
  store<i32>(state, l);
  store<i32>(state, count, 4);
  store<i32>(state, iterations, 8);
}

/**
 * Copies rows of the n x n matrix z into strips of eight: strip r / 8 holds element (r, i) at
 * i * 8 + r % 8; strips s0..s1, padded with zeros.
 */
export function packStrips(z: usize, n: i32, strips: usize, s0: i32, s1: i32): void {
  for (let s = s0; s < s1; s++) {
    const strip = strips + ((<usize>s * n) << 6);
    for (let r = 0; r < 8; r++) {
      const row = s * 8 + r;
      for (let i = 0; i < n; i++) {
        const x = row < n ? load<f64>(z + ((<usize>row * n + i) << 3)) : 0;
        store<f64>(strip + ((<usize>(i * 8 + r)) << 3), x);
      }
    }
  }
}

/** The inverse, with column order[i] of the strips as column i of z. */
export function unpackStrips(
  strips: usize,
  n: i32,
  order: usize,
  z: usize,
  s0: i32,
  s1: i32,
): void {
  for (let s = s0; s < s1; s++) {
    const strip = strips + ((<usize>s * n) << 6);
    for (let row = s * 8; row < min(n, s * 8 + 8); row++) {
      for (let i = 0; i < n; i++) {
        const from = load<i32>(order + ((<usize>i) << 2));
        store<f64>(
          z + ((<usize>row * n + i) << 3),
          load<f64>(strip + ((<usize>(from * 8 + (row & 7))) << 3)),
        );
      }
    }
  }
}

/** Applies recorded sweeps to the strips s0..s1. */
export function rotateStrips(
  strips: usize,
  n: i32,
  sweeps: usize,
  count: i32,
  rotations: usize,
  s0: i32,
  s1: i32,
): void {
  for (let strip = s0; strip < s1; strip++) {
    const base = strips + ((<usize>strip * n) << 6);
    for (let k = 0; k < count; k++) {
      const sweep = sweeps + k * 12;
      let at = base + ((<usize>load<i32>(sweep)) << 6);
      let rotation = rotations + ((<usize>load<i32>(sweep, 8)) << 4);
      // The upper row of each pair is the lower one of the next: it stays in registers.
      let h0 = v128.load(at);
      let h1 = v128.load(at, 16);
      let h2 = v128.load(at, 32);
      let h3 = v128.load(at, 48);
      for (let i = load<i32>(sweep, 4); i > 0; i--) {
        const c = v128.load64_splat(rotation);
        const s = v128.load64_splat(rotation, 8);
        const t = f64x2.neg(s);
        rotation += 16;
        at -= 64;
        let x = v128.load(at);
        v128.store(at, fma64(s, x, f64x2.mul(c, h0)), 64);
        h0 = fma64(t, h0, f64x2.mul(c, x));
        x = v128.load(at, 16);
        v128.store(at, fma64(s, x, f64x2.mul(c, h1)), 80);
        h1 = fma64(t, h1, f64x2.mul(c, x));
        x = v128.load(at, 32);
        v128.store(at, fma64(s, x, f64x2.mul(c, h2)), 96);
        h2 = fma64(t, h2, f64x2.mul(c, x));
        x = v128.load(at, 48);
        v128.store(at, fma64(s, x, f64x2.mul(c, h3)), 112);
        h3 = fma64(t, h3, f64x2.mul(c, x));
      }
      v128.store(at, h0);
      v128.store(at, h1, 16);
      v128.store(at, h2, 32);
      v128.store(at, h3, 48);
    }
  }
}
