import {
  COSH_M1,
  DEBYE_LIMITS,
  DEBYE_LOG,
  DEBYE_TERMS,
  ETA_ZERO,
  ETA_ZERO_LOW,
  ETA_ZERO_R,
  RECIPROCAL_GAMMA,
  SINH_MS,
  STRETCH,
  TRAPEZOID_NODES,
  TRAPEZOID_STEP,
} from "./tables.ts";
import { type GpuPrecision, wgslArithmetic } from "./wgsl-arithmetic.ts";

const ODD = Array.from({ length: 12 }, (_, k) => 1 / (2 * k + 1));
const FACTORIAL: number[] = [1];
for (let k = 1; k <= 13; k++) FACTORIAL.push(FACTORIAL[k - 1]! / k);

const SECTIONS = {
  LN2: [Math.LN2],
  ODD,
  FACTORIAL,
  ETA: [ETA_ZERO, ETA_ZERO_R, 1 + ETA_ZERO_R],
  HALF_LOG_2PI: [0.9189385332046728],
  HALF_LOG_HALF_PI: [0.22579135264472744],
  GAMMA: [...RECIPROCAL_GAMMA],
  COSH: [...COSH_M1],
  SINH: [...SINH_MS],
  DEBYE: [...DEBYE_LOG],
};

/** All tables as pairs of f32, one after another. */
export const WGSL_TABLES: Float32Array = Float32Array.from(
  Object.values(SECTIONS)
    .flat()
    .flatMap((c) => [c, c - Math.fround(c)]),
);

const offsets: string[] = [];
let offset = 0;
for (const [name, values] of Object.entries(SECTIONS)) {
  offsets.push(`const ${name} = ${offset};`);
  offset += values.length;
}

const f32 = (x: number) => `${x.toPrecision(9)}f`;
/** The zero of eta in three f32. */
const Z1 = Math.fround(ETA_ZERO);
const Z2 = Math.fround(ETA_ZERO - Z1);
const Z3 = Math.fround(ETA_ZERO - Z1 - Z2 + ETA_ZERO_LOW);

const tiers = [...DEBYE_LIMITS]
  .map((limit, i) => `if (size >= ${f32(limit)}) { return min(${DEBYE_TERMS[i]}, MAX_TERMS); }`)
  .join("\n  ");

/** The formulas of debye.ts, series.ts, temme.ts and trapezoid.ts in N. */
const BODY = /* wgsl */ `
// The arguments come in three parts: near the zero of eta the third still matters.
fn away_from_zero(v: vec3f, x: vec3f) -> N {
  var d = pair_add(x.xy, -pair_product(${f32(Z1)}, v.x));
  d = pair_add(d, -pair_product(${f32(Z2)}, v.x));
  d = pair_add(d, -pair_product(${f32(Z1)}, v.y));
  let small = x.z - ${f32(Z1)} * v.z - (${f32(Z2)} * v.y + ${f32(Z3)} * v.x);
  return of_pair(pair_add(d, vec2f(small, 0.0)));
}
fn v_eta(v3: vec3f, x3: vec3f, r: N) -> N {
  let zero = constant(ETA);
  let v = of_pair(v3.xy);
  let x = of_pair(x3.xy);
  let d = away_from_zero(v3, x3);
  let rise = mul(d, div(add(x, mul(zero, v)), add(r, mul(constant(ETA + 1), v))));
  let inverse = div(num(1.0), mul(zero, add(v, r)));
  let u = mul(mul(x, constant(ETA + 2)), inverse);
  let w = mul(sub(mul(constant(ETA + 2), d), mul(zero, rise)), inverse);
  var log_u: N;
  if (head(x) > 0.25 * head(v)) { log_u = log_with(u, w); } else { log_u = log_n(u); }
  return add(rise, mul(v, log_u));
}
fn terms_of(size: f32) -> i32 {
  ${tiers}
  return 0;
}
fn debye_sum(v: N, r: N, terms: i32, sign: f32) -> N {
  let y = div(num(sign), r);
  let t = mul(v, y);
  let t2 = mul(t, t);
  var sum = num(0.0);
  var row = DEBYE + ((terms - 1) * (terms + 2)) / 2;
  for (var k = terms; k >= 1; k--) {
    var p = constant(row);
    for (var i = 1; i <= k; i++) { p = add(mul(p, t2), constant(row + i)); }
    sum = mul(add(sum, p), y);
    row -= k;
  }
  return sum;
}
fn log_series(v: N, x: N) -> N {
  let q = scale(mul(x, x), 0.25);
  var s = num(1.0);
  for (var k = ceil(11.0 + 1.6 * head(x)); k >= 2.0; k -= 1.0) {
    s = add(num(1.0), div(mul(s, q), mul(num(k), add(v, num(k)))));
  }
  let tail = div(mul(s, q), add(v, num(1.0)));
  let n = floor(head(v) + 0.5);
  let f = sub(v, num(n));
  var g = num(0.0);
  for (var k = ${RECIPROCAL_GAMMA.length - 1}; k >= 1; k--) { g = mul(add(g, constant(GAMMA + k)), f); }
  let w = add(add(tail, g), mul(tail, g));
  var product = add(num(1.0), w);
  let log_half = log_n(scale(x, 0.5));
  if (n == 0.0) { return add(mul(v, log_half), log_with(product, w)); }
  let whole = head(x) > 1.0;
  var base = num(1.0);
  var rest = v;
  if (whole) { base = scale(x, 0.5); rest = f; }
  for (var j = 1.0; j <= n; j += 1.0) { product = mul(product, div(base, add(f, num(j)))); }
  return add(mul(rest, log_half), log_n(product));
}
fn sinhc(s: N, e: N) -> N {
  if (abs(head(s)) > 1.0) { return div(scale(sub(e, div(num(1.0), e)), 0.5), s); }
  let y = mul(s, s);
  var h = num(1.0);
  for (var k = 9; k >= 1; k--) {
    h = add(num(1.0), div(mul(h, y), num(f32(2 * k * (2 * k + 1)))));
  }
  return h;
}
fn log_temme(v: N, x: N) -> N {
  let n = floor(head(v) + 0.5);
  let mu = sub(v, num(n));
  let m2 = mul(mu, mu);
  var g1 = num(0.0);
  var g2 = constant(GAMMA + ${RECIPROCAL_GAMMA.length - 1});
  for (var k = ${RECIPROCAL_GAMMA.length - 2}; k >= 1; k -= 2) {
    g1 = sub(mul(g1, m2), constant(GAMMA + k));
    g2 = add(mul(g2, m2), constant(GAMMA + k - 1));
  }
  let plus = sub(g2, mul(mu, g1));
  let minus = add(g2, mul(mu, g1));
  let log_half = log_n(scale(x, 0.5));
  let sigma = neg(mul(mu, log_half));
  let up = exp_n(sigma);
  let cosh_s = scale(add(up, div(num(1.0), up)), 0.5);
  let odd = mul(mul(sinhc(sigma, up), log_half), g2);
  var f = div(sub(mul(cosh_s, g1), odd), mul(plus, minus));
  var p = div(scale(up, 0.5), plus);
  var q = div(num(0.5), mul(up, minus));
  let x2 = mul(x, x);
  var c = num(1.0);
  var low = f;
  var high = p;
  for (var i = 1; i <= 10; i++) {
    let k = num(f32(i));
    f = div(add(mul(k, f), add(p, q)), sub(mul(k, k), m2));
    p = div(p, sub(k, mu));
    q = div(q, add(k, mu));
    c = div(mul(c, scale(x2, 0.25)), k);
    low = add(low, mul(c, f));
    high = add(high, mul(c, sub(p, mul(k, f))));
  }
  var rho = div(scale(high, 2.0), low);
  for (var j = 1.0; j <= n; j += 1.0) {
    low = mul(low, rho);
    rho = add(scale(add(mu, num(j)), 2.0), div(x2, rho));
  }
  return sub(log_n(low), mul(num(n), log_n(x)));
}
fn log_trapezoid(v: N, r: N) -> N {
  var sum = num(1.0);
  for (var j = 1; j <= ${TRAPEZOID_NODES}; j++) {
    let even = mul(r, constant(COSH + j));
    let odd = mul(v, constant(SINH + j));
    let slow = sub(odd, even);
    let fast = neg(add(odd, even));
    if (head(slow) < -40.0) { break; }
    sum = add(sum, exp_n(slow));
    if (head(fast) > -40.0) { sum = add(sum, exp_n(fast)); }
  }
  return log_n(scale(sum, ${f32(TRAPEZOID_STEP / 2)}));
}
fn log_bessel(v3: vec3f, x3: vec3f, is_k: bool) -> N {
  let v = of_pair(v3.xy);
  let x = of_pair(x3.xy);
  let size = head(x) * head(x) + ${f32(STRETCH)} * head(v) * head(v);
  let terms = terms_of(size);
  if (terms == 0 && !is_k) { return log_series(v, x); }
  if (terms == 0 && head(x) <= 1.0) { return log_temme(v, x); }
  let r = root(add(mul(v, v), mul(x, x)));
  let exponent = v_eta(v3, x3, r);
  if (terms == 0) { return sub(log_trapezoid(v, r), exponent); }
  let half_log = scale(log_n(r), 0.5);
  if (is_k) {
    let rest = sub(add(debye_sum(v, r, terms, -1.0), constant(HALF_LOG_HALF_PI)), half_log);
    return sub(rest, exponent);
  }
  let rest = sub(sub(debye_sum(v, r, terms, 1.0), half_log), constant(HALF_LOG_2PI));
  return add(exponent, rest);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.n) { return; }
  let y = to_pair(log_bessel(load(2 * id.x), load(2 * id.x + 1), params.is_k != 0u));
  results[id.x * RESULT] = y.x;
  if (RESULT > 1) { results[id.x * RESULT + 1] = y.y; }
}
`;

/** How many f32 make an argument and a result. */
export const WGSL_PARTS = {
  f32: { argument: 1, result: 1 },
  "double-float": { argument: 3, result: 2 },
} as const;

const LOAD = {
  f32: "fn load(i: u32) -> vec3f { return vec3f(inputs[i], 0.0, 0.0); }",
  "double-float":
    "fn load(i: u32) -> vec3f { return vec3f(inputs[3 * i], inputs[3 * i + 1], inputs[3 * i + 2]); }",
};

/**
 * The compute shader. Bindings: 0 uniform (n, is_k, 0, 0) as u32; 1 WGSL_TABLES; 2 inputs v, x, v,
 * x ...; 3 results. Inputs and results in WGSL_PARTS f32 each, largest first. 64 elements a
 * workgroup.
 */
export function wgslLogBessel(precision: GpuPrecision): string {
  return `
struct Params { n: u32, is_k: u32, zero: u32, pad: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> tables: array<vec2f>;
@group(0) @binding(2) var<storage, read> inputs: array<f32>;
@group(0) @binding(3) var<storage, read_write> results: array<f32>;
const RESULT = ${WGSL_PARTS[precision].result};
${offsets.join("\n")}
${wgslArithmetic(precision)}
fn constant(i: i32) -> N { return of_pair(tables[i]); }
${LOAD[precision]}
${BODY}`;
}
