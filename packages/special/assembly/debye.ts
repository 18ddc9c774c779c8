// The uniform expansion for two arguments at once; the formulas stand in src/bessel/debye.ts.
import { at, fma, log, logPlus, ONE, splat } from "./elementary";
import { LOST, R, RESULT, U, V, X } from "./lanes";

const ETA_ZERO: f64 = 0.6627434193491816;
const ETA_ZERO_LOW: f64 = 8.155323790501267e-18;
/** ETA_ZERO in two halves of 26 bits. */
const ETA_ZERO_TOP: f64 = 0.662743404507637;
const ETA_ZERO_BOTTOM: f64 = 1.4841544548893637e-8;
const ETA_ZERO_R: f64 = 1.1996786402577337;

/**
 * R = sqrt(v^2 + x^2), and v eta = RESULT + v log(U + LOST), for n elements. d = x - zero v is formed
 * with the error of the product taken back (Dekker): near the zero of eta it is all that counts.
 */
export function prepare(c: usize, lanes: usize, n: i32): void {
  const one = at(c, ONE);
  const zero = splat(ETA_ZERO);
  const zeroR = splat(ETA_ZERO_R);
  const zeroR1 = splat(1 + ETA_ZERO_R);
  const top = splat(ETA_ZERO_TOP);
  const bottom = splat(ETA_ZERO_BOTTOM);
  const beyond = splat(ETA_ZERO_LOW);
  const quarter = splat(0.25);
  const upper = i64x2.splat(0xfffffffff8000000);
  for (let end = lanes + ((<usize>n) << 3); lanes < end; lanes += 16) {
    const v = v128.load(lanes, V);
    const x = v128.load(lanes, X);
    const r = f64x2.sqrt(f64x2.add(f64x2.mul(v, v), f64x2.mul(x, x)));
    const high = v128.and(v, upper);
    const low = f64x2.sub(v, high);
    const zv = f64x2.mul(v, zero);
    let error = f64x2.sub(f64x2.mul(high, top), zv);
    error = f64x2.add(error, f64x2.mul(low, top));
    error = f64x2.add(error, f64x2.mul(high, bottom));
    error = f64x2.add(error, f64x2.mul(low, bottom));
    const d = f64x2.sub(f64x2.sub(x, zv), fma(v, beyond, error));
    const rise = f64x2.mul(d, f64x2.div(f64x2.add(x, zv), fma(v, zeroR, r)));
    const inverse = f64x2.div(one, f64x2.mul(f64x2.add(v, r), zero));
    const u = f64x2.mul(f64x2.mul(x, zeroR1), inverse);
    const w = f64x2.mul(f64x2.sub(f64x2.mul(d, zeroR1), f64x2.mul(rise, zero)), inverse);
    // u is 1 + w; for small x it is exact enough by itself, and w is not.
    const exact = f64x2.gt(x, f64x2.mul(v, quarter));
    v128.store(lanes, u, U);
    v128.store(lanes, v128.and(exact, f64x2.sub(w, f64x2.sub(u, one))), LOST);
    v128.store(lanes, r, R);
    v128.store(lanes, rise, RESULT);
  }
}

/** The same for v eta - x = RESULT - v log(U + LOST). */
export function prepareScaled(c: usize, lanes: usize, n: i32): void {
  const one = at(c, ONE);
  for (let end = lanes + ((<usize>n) << 3); lanes < end; lanes += 16) {
    const v = v128.load(lanes, V);
    const x = v128.load(lanes, X);
    const r = f64x2.sqrt(f64x2.add(f64x2.mul(v, v), f64x2.mul(x, x)));
    const rise = f64x2.mul(v, f64x2.div(v, f64x2.add(r, x)));
    const w = f64x2.div(f64x2.add(v, rise), x);
    const u = f64x2.add(w, one);
    v128.store(lanes, u, U);
    v128.store(lanes, f64x2.sub(w, f64x2.sub(u, one)), LOST);
    v128.store(lanes, r, R);
    v128.store(lanes, rise, RESULT);
  }
}

/** RESULT = sign (RESULT + turn v log(U + LOST)) + weight log(R) + constant. */
export function combine(
  c: usize,
  lanes: usize,
  n: i32,
  sign: f64,
  turn: f64,
  weight: f64,
  constant: f64,
): void {
  const end = lanes + ((<usize>n) << 3);
  for (let p = lanes; p < end; p += 16) {
    v128.store(p, logPlus(c, v128.load(p, U), v128.load(p, LOST)), U);
  }
  for (let p = lanes; p < end; p += 16) v128.store(p, log(c, v128.load(p, R)), LOST);
  for (let p = lanes; p < end; p += 16) {
    const vLog = f64x2.mul(f64x2.mul(v128.load(p, V), v128.load(p, U)), splat(turn));
    const exponent = f64x2.mul(f64x2.add(v128.load(p, RESULT), vLog), splat(sign));
    const rest = f64x2.add(f64x2.mul(v128.load(p, LOST), splat(weight)), splat(constant));
    v128.store(p, f64x2.add(exponent, rest), RESULT);
  }
}

/** Adds `terms` terms to RESULT, four elements at once; sign 1 for I, -1 for K. `table`: DEBYE_LOG. */
export function addDebye(table: usize, lanes: usize, n: i32, terms: i32, sign: f64): void {
  for (let end = lanes + ((<usize>n) << 3); lanes < end; lanes += 32) {
    const y = f64x2.div(splat(sign), v128.load(lanes, R));
    const t = f64x2.mul(v128.load(lanes, V), y);
    const t2 = f64x2.mul(t, t);
    const y1 = f64x2.div(splat(sign), v128.load(lanes, R + 16));
    const t1 = f64x2.mul(v128.load(lanes, V + 16), y1);
    const t21 = f64x2.mul(t1, t1);
    let sum = splat(0);
    let sum1 = splat(0);
    let row = table + ((<usize>(((terms - 1) * (terms + 2)) / 2)) << 3);
    for (let k = terms; k >= 1; k--) {
      let p = v128.load64_splat(row);
      let p1 = p;
      for (let i = 1; i <= k; i++) {
        const next = v128.load64_splat(row + ((<usize>i) << 3));
        p = fma(p, t2, next);
        p1 = fma(p1, t21, next);
      }
      sum = f64x2.mul(f64x2.add(sum, p), y);
      sum1 = f64x2.mul(f64x2.add(sum1, p1), y1);
      row -= (<usize>k) << 3;
    }
    v128.store(lanes, f64x2.add(v128.load(lanes, RESULT), sum), RESULT);
    v128.store(lanes, f64x2.add(v128.load(lanes, RESULT + 16), sum1), RESULT + 16);
  }
}
