/**
 * Arithmetic for the WGSL kernels: pairs of f32 (double-float, 48 bits) and the type N in which
 * log-bessel is written, which is either such a pair or a plain f32.
 *
 * WGSL lets a compiler reassociate, contract and simplify, which can destroy error-free
 * transformations. Two guards: numbers are split by masking bits instead of by multiplying, and
 * sums pass through `keep`, an exclusive-or with a zero that only the host knows to be zero, so
 * that (a + b) - a is not b for the compiler. The product's error uses Dekker's form, which is
 * right with and without fused multiply-add; fma() itself need not be fused in WGSL.
 */
const PAIRS = /* wgsl */ `
fn keep(a: f32) -> f32 { return bitcast<f32>(bitcast<u32>(a) ^ params.zero); }

fn pair_quick(a: f32, b: f32) -> vec2f {
  let s = keep(a + b);
  return vec2f(s, b - keep(s - a));
}
fn pair_sum(a: f32, b: f32) -> vec2f {
  let s = keep(a + b);
  let t = keep(s - a);
  return vec2f(s, keep(a - keep(s - t)) + keep(b - t));
}
fn top(a: f32) -> f32 { return bitcast<f32>(bitcast<u32>(a) & 0xfffff000u); }
fn pair_product(a: f32, b: f32) -> vec2f {
  let p = keep(a * b);
  let ah = top(a);
  let al = a - ah;
  let bh = top(b);
  let bl = b - bh;
  return vec2f(p, keep(keep(keep(ah * bh - p) + ah * bl) + al * bh) + al * bl);
}
fn pair_add(a: vec2f, b: vec2f) -> vec2f {
  let s = pair_sum(a.x, b.x);
  let t = pair_sum(a.y, b.y);
  let u = pair_quick(s.x, s.y + t.x);
  return pair_quick(u.x, u.y + t.y);
}
fn pair_mul(a: vec2f, b: vec2f) -> vec2f {
  let p = pair_product(a.x, b.x);
  return pair_quick(p.x, p.y + (a.x * b.y + a.y * b.x));
}
`;

const DOUBLE_FLOAT = /* wgsl */ `
alias N = vec2f;
const LOG_TERMS = 11;
const EXP_TERMS = 13;
const MAX_TERMS = 20;
fn num(a: f32) -> N { return vec2f(a, 0.0); }
fn of_pair(a: vec2f) -> N { return a; }
fn to_pair(a: N) -> vec2f { return a; }
fn head(a: N) -> f32 { return a.x; }
fn neg(a: N) -> N { return -a; }
fn add(a: N, b: N) -> N { return pair_add(a, b); }
fn mul(a: N, b: N) -> N { return pair_mul(a, b); }
fn scale(a: N, b: f32) -> N { return a * b; } // b a power of two
fn div(a: N, b: N) -> N {
  let q = a.x / b.x;
  let r = pair_add(a, -pair_mul(b, vec2f(q, 0.0)));
  let s = r.x / b.x;
  let r2 = pair_add(r, -pair_mul(b, vec2f(s, 0.0)));
  let qs = pair_quick(q, s);
  return pair_add(qs, vec2f(r2.x / b.x, 0.0));
}
fn root(a: N) -> N {
  let y = sqrt(a.x);
  let first = pair_quick(y, pair_add(a, -pair_product(y, y)).x / (2.0 * y));
  let rest = pair_add(a, -pair_mul(first, first));
  return pair_add(first, vec2f(rest.x / (2.0 * y), 0.0));
}
`;

const SINGLE = /* wgsl */ `
alias N = f32;
const LOG_TERMS = 5;
const EXP_TERMS = 7;
const MAX_TERMS = 6;
fn num(a: f32) -> N { return a; }
fn of_pair(a: vec2f) -> N { return a.x + a.y; }
fn to_pair(a: N) -> vec2f { return vec2f(a, 0.0); }
fn head(a: N) -> f32 { return a; }
fn neg(a: N) -> N { return -a; }
fn add(a: N, b: N) -> N { return a + b; }
fn mul(a: N, b: N) -> N { return a * b; }
fn scale(a: N, b: f32) -> N { return a * b; }
fn div(a: N, b: N) -> N { return a / b; }
fn root(a: N) -> N { return sqrt(a); }
`;

/** WGSL's own log and exp promise too little (2^-21 near 1): ours, in N. */
const ELEMENTARY = /* wgsl */ `
fn sub(a: N, b: N) -> N { return add(a, neg(b)); }
fn power(k: i32) -> f32 { return bitcast<f32>(u32(k + 127) << 23); }

fn log_n(x: N) -> N {
  let e = bitcast<i32>(bitcast<u32>(head(x)) - 0x3f3504f3u) >> 23;
  let f = sub(scale(x, power(-e)), num(1.0));
  let s = div(f, add(f, num(2.0)));
  let z = mul(s, s);
  var p = constant(ODD + LOG_TERMS);
  for (var k = LOG_TERMS - 1; k >= 0; k--) { p = add(mul(p, z), constant(ODD + k)); }
  return add(mul(constant(LN2), num(f32(e))), mul(scale(s, 2.0), p));
}
// log(u) where u is 1 + w rounded.
fn log_with(u: N, w: N) -> N { return add(log_n(u), div(sub(w, sub(u, num(1.0))), u)); }

fn exp_n(x: N) -> N {
  let k = round(head(x) * 1.4426950408889634);
  let r = sub(x, mul(constant(LN2), num(k)));
  var p = constant(FACTORIAL + EXP_TERMS);
  for (var i = EXP_TERMS - 1; i >= 0; i--) { p = add(mul(p, r), constant(FACTORIAL + i)); }
  return scale(p, power(i32(k)));
}
`;

export type GpuPrecision = "f32" | "double-float";

/** The prelude; the kernel declares `params.zero` and `constant(i)`, the i-th of its tables as N. */
export const wgslArithmetic = (precision: GpuPrecision): string =>
  PAIRS + (precision === "f32" ? SINGLE : DOUBLE_FLOAT) + ELEMENTARY;
