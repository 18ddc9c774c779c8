// Gates on 2^bits amplitudes in two planes, real and imaginary parts. Bit 0 of the index is the lane
// of the vectors: the programs that TypeScript writes never let a gate touch it, but exchange it with
// another bit first. A gate acts where all bits of `mask` are 1; matrices are complex, row-major.
import { fma64 } from "../../compute/assembly/fma";

function minus(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f64x2.relaxed_nmadd(a, b, c) : f64x2.sub(c, f64x2.mul(a, b));
}

/** Entry k of a matrix of doubles, in both lanes. */
function entry(m: usize, k: usize): v128 {
  return v128.load64_splat(m + (k << 3));
}

/** A 2x2 complex matrix on one bit. */
export function gate1(re: usize, im: usize, n: usize, mask: usize, bit: i32, m: usize): void {
  const stride: usize = (<usize>1) << bit;
  const s = stride << 3;
  const ar = entry(m, 0);
  const ai = entry(m, 1);
  const br = entry(m, 2);
  const bi = entry(m, 3);
  const cr = entry(m, 4);
  const ci = entry(m, 5);
  const dr = entry(m, 6);
  const di = entry(m, 7);
  for (let block: usize = 0; block < n; block += stride << 1) {
    for (let i = block; i < block + stride; i += 2) {
      if ((i & mask) != mask) continue;
      const p = re + (i << 3);
      const q = im + (i << 3);
      const xr = v128.load(p);
      const xi = v128.load(q);
      const yr = v128.load(p + s);
      const yi = v128.load(q + s);
      v128.store(p, minus(bi, yi, fma64(br, yr, minus(ai, xi, f64x2.mul(ar, xr)))));
      v128.store(q, fma64(bi, yr, fma64(br, yi, fma64(ai, xr, f64x2.mul(ar, xi)))));
      v128.store(p + s, minus(di, yi, fma64(dr, yr, minus(ci, xi, f64x2.mul(cr, xr)))));
      v128.store(q + s, fma64(di, yr, fma64(dr, yi, fma64(ci, xr, f64x2.mul(cr, xi)))));
    }
  }
}

/** A real 2x2 matrix on one bit: four doubles. */
export function real1(re: usize, im: usize, n: usize, mask: usize, bit: i32, m: usize): void {
  const stride: usize = (<usize>1) << bit;
  const s = stride << 3;
  const a = entry(m, 0);
  const b = entry(m, 1);
  const c = entry(m, 2);
  const d = entry(m, 3);
  for (let block: usize = 0; block < n; block += stride << 1) {
    for (let i = block; i < block + stride; i += 2) {
      if ((i & mask) != mask) continue;
      const p = re + (i << 3);
      const q = im + (i << 3);
      const xr = v128.load(p);
      const xi = v128.load(q);
      const yr = v128.load(p + s);
      const yi = v128.load(q + s);
      v128.store(p, fma64(b, yr, f64x2.mul(a, xr)));
      v128.store(q, fma64(b, yi, f64x2.mul(a, xi)));
      v128.store(p + s, fma64(d, yr, f64x2.mul(c, xr)));
      v128.store(q + s, fma64(d, yi, f64x2.mul(c, xi)));
    }
  }
}

/** Exchanges the amplitudes of the two values of a bit: X, CX, CCX. */
export function flip(re: usize, im: usize, n: usize, mask: usize, bit: i32): void {
  const stride: usize = (<usize>1) << bit;
  const s = stride << 3;
  for (let block: usize = 0; block < n; block += stride << 1) {
    for (let i = block; i < block + stride; i += 2) {
      if ((i & mask) != mask) continue;
      const p = re + (i << 3);
      const q = im + (i << 3);
      const xr = v128.load(p);
      const xi = v128.load(q);
      v128.store(p, v128.load(p + s));
      v128.store(q, v128.load(q + s));
      v128.store(p + s, xr);
      v128.store(q + s, xi);
    }
  }
}

/** Multiplies amplitudes by one of four complex numbers, by the values of bits a (high) and b. */
export function diagonal(
  re: usize,
  im: usize,
  n: usize,
  mask: usize,
  a: i32,
  b: i32,
  m: usize,
): void {
  const run: usize = (<usize>1) << (a < b ? a : b);
  for (let block: usize = 0; block < n; block += run) {
    const k = (((block >> a) & 1) << 1) | ((block >> b) & 1);
    const cr = entry(m, 2 * k);
    const ci = entry(m, 2 * k + 1);
    if (load<f64>(m + (k << 4)) == 1 && load<f64>(m + (k << 4), 8) == 0) continue;
    for (let i = block; i < block + run; i += 2) {
      if ((i & mask) != mask) continue;
      const p = re + (i << 3);
      const q = im + (i << 3);
      const xr = v128.load(p);
      const xi = v128.load(q);
      v128.store(p, minus(ci, xi, f64x2.mul(cr, xr)));
      v128.store(q, fma64(ci, xr, f64x2.mul(cr, xi)));
    }
  }
}

/** Row k of a complex 4x4 matrix times a column: stores one pair of amplitudes. */
function row4(
  m: usize,
  p: usize,
  q: usize,
  ar: v128,
  ai: v128,
  br: v128,
  bi: v128,
  cr: v128,
  ci: v128,
  dr: v128,
  di: v128,
): void {
  const m0 = entry(m, 0);
  const m1 = entry(m, 1);
  const m2 = entry(m, 2);
  const m3 = entry(m, 3);
  const m4 = entry(m, 4);
  const m5 = entry(m, 5);
  const m6 = entry(m, 6);
  const m7 = entry(m, 7);
  const r1 = minus(m3, bi, fma64(m2, br, minus(m1, ai, f64x2.mul(m0, ar))));
  const r2 = minus(m7, di, fma64(m6, dr, minus(m5, ci, f64x2.mul(m4, cr))));
  const i1 = fma64(m3, br, fma64(m2, bi, fma64(m1, ar, f64x2.mul(m0, ai))));
  const i2 = fma64(m7, dr, fma64(m6, di, fma64(m5, cr, f64x2.mul(m4, ci))));
  v128.store(p, f64x2.add(r1, r2));
  v128.store(q, f64x2.add(i1, i2));
}

/** A 4x4 complex matrix on bits a (high in its index) and b. */
export function gate2(re: usize, im: usize, n: usize, mask: usize, a: i32, b: i32, m: usize): void {
  const low: usize = (<usize>1) << (a < b ? a : b);
  const high: usize = (<usize>1) << (a < b ? b : a);
  const sa: usize = (<usize>8) << a;
  const sb: usize = (<usize>8) << b;
  for (let outer: usize = 0; outer < n; outer += high << 1) {
    for (let inner = outer; inner < outer + high; inner += low << 1) {
      for (let i = inner; i < inner + low; i += 2) {
        if ((i & mask) != mask) continue;
        const p = re + (i << 3);
        const q = im + (i << 3);
        const ar = v128.load(p);
        const ai = v128.load(q);
        const br = v128.load(p + sb);
        const bi = v128.load(q + sb);
        const cr = v128.load(p + sa);
        const ci = v128.load(q + sa);
        const dr = v128.load(p + sa + sb);
        const di = v128.load(q + sa + sb);
        row4(m, p, q, ar, ai, br, bi, cr, ci, dr, di);
        row4(m + 64, p + sb, q + sb, ar, ai, br, bi, cr, ci, dr, di);
        row4(m + 128, p + sa, q + sa, ar, ai, br, bi, cr, ci, dr, di);
        row4(m + 192, p + sa + sb, q + sa + sb, ar, ai, br, bi, cr, ci, dr, di);
      }
    }
  }
}

/** Exchanges bit 0, the lane, with another bit, in one plane. */
export function exchange(plane: usize, n: usize, bit: i32): void {
  const stride: usize = (<usize>1) << bit;
  const s = stride << 3;
  for (let block: usize = 0; block < n; block += stride << 1) {
    const end = plane + ((block + stride) << 3);
    for (let p = plane + (block << 3); p < end; p += 16) {
      const x = v128.load(p);
      const y = v128.load(p + s);
      v128.store(p, v128.shuffle<f64>(x, y, 0, 2));
      v128.store(p + s, v128.shuffle<f64>(x, y, 1, 3));
    }
  }
}
