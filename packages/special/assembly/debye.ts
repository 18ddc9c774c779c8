// The uniform expansion for two arguments at once; the formulas stand in src/bessel/debye.ts.
import { at, fma, HALF, log, log1p, logWith, ONE, select, splat } from "./elementary";

const ETA_ZERO: f64 = 0.6627434193491816;
const ETA_ZERO_LOW: f64 = 8.155323790501267e-18;
/** ETA_ZERO in two halves of 26 bits. */
const ETA_ZERO_TOP: f64 = 0.662743404507637;
const ETA_ZERO_BOTTOM: f64 = 1.4841544548893637e-8;
const ETA_ZERO_R: f64 = 1.1996786402577337;

export function radius(v: v128, x: v128): v128 {
  return f64x2.sqrt(f64x2.add(f64x2.mul(v, v), f64x2.mul(x, x)));
}

/** x - zero * v with the error of the product taken back (Dekker). */
function awayFromZero(v: v128, x: v128): v128 {
  const high = v128.and(v, i64x2.splat(0xfffffffff8000000));
  const low = f64x2.sub(v, high);
  const p = f64x2.mul(v, splat(ETA_ZERO));
  let error = f64x2.sub(f64x2.mul(high, splat(ETA_ZERO_TOP)), p);
  error = f64x2.add(error, f64x2.mul(low, splat(ETA_ZERO_TOP)));
  error = f64x2.add(error, f64x2.mul(high, splat(ETA_ZERO_BOTTOM)));
  error = f64x2.add(error, f64x2.mul(low, splat(ETA_ZERO_BOTTOM)));
  const rest = f64x2.add(error, f64x2.mul(v, splat(ETA_ZERO_LOW)));
  return f64x2.sub(f64x2.sub(x, p), rest);
}

/** v eta = R - v asinh(v / x). */
export function vEta(c: usize, v: v128, x: v128, r: v128): v128 {
  const d = awayFromZero(v, x);
  const slant = f64x2.div(
    f64x2.add(x, f64x2.mul(v, splat(ETA_ZERO))),
    f64x2.add(r, f64x2.mul(v, splat(ETA_ZERO_R))),
  );
  const rise = f64x2.mul(d, slant);
  const inverse = f64x2.div(at(c, ONE), f64x2.mul(f64x2.add(v, r), splat(ETA_ZERO)));
  const u = f64x2.mul(f64x2.mul(x, splat(1 + ETA_ZERO_R)), inverse);
  const w = f64x2.mul(
    f64x2.sub(f64x2.mul(d, splat(1 + ETA_ZERO_R)), f64x2.mul(rise, splat(ETA_ZERO))),
    inverse,
  );
  const exact = f64x2.gt(x, f64x2.mul(v, splat(0.25)));
  const logU = logWith(c, u, select(exact, w, f64x2.sub(u, at(c, ONE))));
  return f64x2.add(rise, f64x2.mul(v, logU));
}

/** v eta - x. */
export function vEtaMinusX(c: usize, v: v128, x: v128, r: v128): v128 {
  const q = f64x2.div(v, f64x2.add(r, x));
  const asinh = log1p(c, f64x2.div(f64x2.add(v, f64x2.mul(v, q)), x));
  return f64x2.mul(v, f64x2.sub(q, asinh));
}

/** The sum of `terms` terms; sign 1 for I, -1 for K. `table` is DEBYE_LOG. */
export function debyeSum(table: usize, v: v128, r: v128, terms: i32, sign: f64): v128 {
  const y = f64x2.div(splat(sign), r);
  const t = f64x2.mul(v, y);
  const t2 = f64x2.mul(t, t);
  let sum = splat(0);
  if (terms > 4) {
    let row = ((terms - 1) * (terms + 2)) / 2;
    for (let k = terms; k > 4; k--) {
      let p = at(table, row);
      for (let i = 1; i <= k; i++) p = fma(p, t2, at(table, row + i));
      sum = f64x2.mul(f64x2.add(sum, p), y);
      row -= k;
    }
  }
  if (terms > 3) {
    let p = fma(at(table, 9), t2, at(table, 10));
    p = fma(p, t2, at(table, 11));
    p = fma(p, t2, at(table, 12));
    p = fma(p, t2, at(table, 13));
    sum = f64x2.mul(f64x2.add(sum, p), y);
  }
  if (terms > 2) {
    let p = fma(at(table, 5), t2, at(table, 6));
    p = fma(p, t2, at(table, 7));
    p = fma(p, t2, at(table, 8));
    sum = f64x2.mul(f64x2.add(sum, p), y);
  }
  const p2 = fma(fma(at(table, 2), t2, at(table, 3)), t2, at(table, 4));
  sum = f64x2.mul(f64x2.add(sum, p2), y);
  return f64x2.mul(f64x2.add(sum, fma(at(table, 0), t2, at(table, 1))), y);
}

/** log I (sign 1) or log K (sign -1), times exp(-x) or exp(x) where `scaled`. */
export function debye(
  c: usize,
  table: usize,
  v: v128,
  x: v128,
  terms: i32,
  sign: f64,
  scaled: bool,
): v128 {
  const r = radius(v, x);
  const exponent = scaled ? vEtaMinusX(c, v, x, r) : vEta(c, v, x, r);
  const constant = sign > 0 ? 0.9189385332046728 : -0.22579135264472744;
  let rest = debyeSum(table, v, r, terms, sign);
  rest = f64x2.sub(f64x2.sub(rest, f64x2.mul(log(c, r), at(c, HALF))), splat(constant));
  return f64x2.add(f64x2.mul(exponent, splat(sign)), rest);
}
