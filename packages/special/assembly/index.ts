import { addDebye, combine, prepare, prepareScaled } from "./debye";
import { splat } from "./elementary";
import { BLOCK, LANES_BYTES, RESULT, V, X } from "./lanes";
import { logSeriesI } from "./series";
import { logTemmeK } from "./temme";
import { trapezoidSums } from "./trapezoid";

// The block of tables that TypeScript lays out (src/bessel/kernel-tables.ts), in doubles; the
// constants of elementary.ts come first.
const LIMITS: usize = 26 << 3;
const STRETCH: usize = LIMITS + (7 << 3);
const GAMMA: usize = STRETCH + (1 << 3);
const COSH: usize = GAMMA + (27 << 3);
const SINH: usize = COSH + (49 << 3);
const DEBYE: usize = SINH + (49 << 3);
const GAMMA_COUNT = 27;
const NODES = 48;

const TIERS = 7;
const SERIES = 7; // I: the power series; K: Temme's series
const TRAPEZOID = 8;
const FAR_TIER = 2; // four terms, where fewer would do as well

const LISTS = 9;
const INDICES: usize = LANES_BYTES;
const COUNTS: usize = INDICES + ((<usize>(LISTS * BLOCK)) << 2);

function termsOf(tier: i32): i32 {
  // DEBYE_TERMS of src/bessel/tables.ts
  return tier == FAR_TIER ? 4 : tier == 3 ? 6 : tier == 4 ? 8 : tier == 5 ? 12 : 20;
}

/** RESULT of the n elements that stand in V and X, and take the same expansion. */
function evaluate(tables: usize, lanes: usize, n: i32, list: i32, isK: bool, scaled: bool): void {
  if (list == SERIES) {
    for (let p = lanes; p < lanes + ((<usize>n) << 3); p += 16) {
      const v = v128.load(p, V);
      const x = v128.load(p, X);
      const y = isK
        ? logTemmeK(tables, tables + GAMMA, GAMMA_COUNT, v, x)
        : logSeriesI(tables, tables + GAMMA, GAMMA_COUNT, v, x);
      const shift = isK ? x : f64x2.neg(x);
      v128.store(p, scaled ? f64x2.add(y, shift) : y, RESULT);
    }
    return;
  }
  if (scaled) prepareScaled(tables, lanes, n);
  else prepare(tables, lanes, n);
  const turn = scaled ? -1 : 1;
  if (list == TRAPEZOID) {
    trapezoidSums(tables, tables + COSH, tables + SINH, NODES, lanes, n);
    combine(tables, lanes, n, -1, turn, 1, 0);
    return;
  }
  const sign: f64 = isK ? -1 : 1;
  combine(tables, lanes, n, sign, turn, -0.5, isK ? 0.22579135264472744 : -0.9189385332046728);
  addDebye(tables + DEBYE, lanes, n, termsOf(list), sign);
}

/** The elements i and j as one vector. */
function gather(from: usize, stride: i32, i: i32, j: i32): v128 {
  const low = splat(load<f64>(from + <usize>(i * stride)));
  return f64x2.replace_lane(low, 1, load<f64>(from + <usize>(j * stride)));
}

/**
 * Puts element i on the list of its expansion. The first two lists stay empty (their place holds the
 * pairs that are far out): the third has terms enough.
 */
function enlist(tables: usize, scratch: usize, i: i32, size: f64, x: f64, isK: bool): void {
  let list: i32 = 0;
  for (let tier = 0; tier < TIERS; tier++) {
    list += <i32>(size < load<f64>(tables + LIMITS + ((<usize>tier) << 3)));
  }
  if (list < FAR_TIER) list = FAR_TIER;
  if (list == TIERS && isK && x > 1) list = TRAPEZOID;
  const counter = scratch + COUNTS + ((<usize>list) << 2);
  const count = load<i32>(counter);
  store<i32>(scratch + INDICES + ((<usize>(list * BLOCK + count)) << 2), i);
  store<i32>(counter, count + 1);
}

/**
 * out[i] = log I or log K of (v[i], x[i]) for i in from..to; a stride of 0 repeats one number.
 * kind: 0 log I, 1 log K, 2 log(exp(-x) I), 3 log(exp(x) K). Elements are sorted by expansion in
 * blocks, so that both lanes of a vector always take the same path. Needs 0 <= v <= 1e150 and
 * max(1e-300, 1e-100 v) <= x <= 1e150; returns how many vectors hold elements outside, for which
 * `out` has no meaning. `scratch` holds the arrays of lanes.ts, 9 lists of BLOCK indices and their
 * counts.
 */
export function logBessel(
  kind: i32,
  v: usize,
  vStride: i32,
  x: usize,
  xStride: i32,
  out: usize,
  from: i32,
  to: i32,
  tables: usize,
  scratch: usize,
): i32 {
  const isK = (kind & 1) == 1;
  const scaled = kind >= 2;
  const stretch = splat(load<f64>(tables + STRETCH));
  const far = splat(load<f64>(tables + LIMITS + (FAR_TIER << 3)));
  const zero = splat(0);
  const huge = splat(1e150);
  const tiny = splat(1e-300);
  const ratio = splat(1e-100);
  let unusual = 0;
  for (let start = from; start < to; start += BLOCK) {
    const end = min(to, start + BLOCK);
    for (let list = 0; list < LISTS; list++) store<i32>(scratch + COUNTS + ((<usize>list) << 2), 0);
    // Pairs of which both are far out go straight to the lanes, the others on the lists.
    let pairs = 0;
    for (let i = start; i < end; i += 2) {
      const next = min(i + 1, end - 1);
      const a = gather(v, vStride, i, next);
      const b = gather(x, xStride, i, next);
      // What is not ordinary (isOrdinary in src/bessel/elementwise.ts; NaN is not) is only counted.
      const least = f64x2.pmax(f64x2.mul(a, ratio), tiny);
      const usual = v128.and(
        v128.and(f64x2.ge(a, zero), f64x2.le(a, huge)),
        v128.and(f64x2.ge(b, least), f64x2.le(b, huge)),
      );
      if (!v128.all_true<i64>(usual)) unusual++;
      const sizes = f64x2.add(f64x2.mul(b, b), f64x2.mul(f64x2.mul(a, a), stretch));
      if (v128.all_true<i64>(f64x2.ge(sizes, far))) {
        const lane = scratch + ((<usize>pairs) << 4);
        v128.store(lane, a, V);
        v128.store(lane, b, X);
        store<i32>(scratch + INDICES + ((<usize>pairs) << 2), i);
        pairs++;
        continue;
      }
      enlist(tables, scratch, i, f64x2.extract_lane(sizes, 0), f64x2.extract_lane(b, 0), isK);
      if (next > i) {
        enlist(tables, scratch, next, f64x2.extract_lane(sizes, 1), f64x2.extract_lane(b, 1), isK);
      }
    }
    if (pairs > 0) {
      evaluate(tables, scratch, 2 * pairs, FAR_TIER, isK, scaled);
      for (let pair = 0; pair < pairs; pair++) {
        const i = load<i32>(scratch + INDICES + ((<usize>pair) << 2));
        const y = v128.load(scratch + ((<usize>pair) << 4), RESULT);
        store<f64>(out + ((<usize>i) << 3), f64x2.extract_lane(y, 0));
        if (i + 1 < end) store<f64>(out + ((<usize>i) << 3), f64x2.extract_lane(y, 1), 8);
      }
    }
    for (let list = 0; list < LISTS; list++) {
      const count = load<i32>(scratch + COUNTS + ((<usize>list) << 2));
      if (count == 0) continue;
      const indices = scratch + INDICES + ((<usize>(list * BLOCK)) << 2);
      for (let j = 0; j < count; j++) {
        const i = load<i32>(indices + ((<usize>j) << 2));
        store<f64>(scratch + ((<usize>j) << 3), load<f64>(v + <usize>(i * vStride)), V);
        store<f64>(scratch + ((<usize>j) << 3), load<f64>(x + <usize>(i * xStride)), X);
      }
      if (count & 1) {
        const last = scratch + ((<usize>count) << 3);
        store<f64>(last, load<f64>(last - 8, V), V);
        store<f64>(last, load<f64>(last - 8, X), X);
      }
      evaluate(tables, scratch, count, list, isK, scaled);
      for (let j = 0; j < count; j++) {
        const i = load<i32>(indices + ((<usize>j) << 2));
        store<f64>(out + ((<usize>i) << 3), load<f64>(scratch + ((<usize>j) << 3), RESULT));
      }
    }
  }
  return unusual;
}
