import { debye } from "./debye";
import { splat } from "./elementary";
import { logSeriesI } from "./series";
import { logTemmeK } from "./temme";
import { logTrapezoidK } from "./trapezoid";

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

/** Elements a block; each of the ten lists in `scratch` has room for as many 32-bit indices. */
const BLOCK = 512;
const TIERS = 7;
const SERIES = 7; // I: the power series; K: Temme's series
const TRAPEZOID = 8;

function termsOf(tier: i32): i32 {
  // DEBYE_TERMS of src/bessel/tables.ts
  return tier < 3 ? tier + 2 : tier == 3 ? 6 : tier == 4 ? 8 : tier == 5 ? 12 : 20;
}

function evaluate(tables: usize, list: i32, v: v128, x: v128, isK: bool, scaled: bool): v128 {
  if (list < TIERS) {
    return debye(tables, tables + DEBYE, v, x, termsOf(list), isK ? -1 : 1, scaled);
  }
  if (list == TRAPEZOID) {
    return logTrapezoidK(tables, tables + COSH, tables + SINH, NODES, v, x, scaled);
  }
  if (!isK) {
    const y = logSeriesI(tables, tables + GAMMA, GAMMA_COUNT, v, x);
    return scaled ? f64x2.sub(y, x) : y;
  }
  const y = logTemmeK(tables, tables + GAMMA, GAMMA_COUNT, v, x);
  return scaled ? f64x2.add(y, x) : y;
}

/** The elements i and j as one vector. */
function gather(from: usize, stride: i32, i: i32, j: i32): v128 {
  const low = splat(load<f64>(from + <usize>(i * stride)));
  return f64x2.replace_lane(low, 1, load<f64>(from + <usize>(j * stride)));
}

function scatter(to: usize, i: i32, j: i32, y: v128): void {
  store<f64>(to + ((<usize>i) << 3), f64x2.extract_lane(y, 0));
  store<f64>(to + ((<usize>j) << 3), f64x2.extract_lane(y, 1));
}

/** Puts element i on the list of its expansion. */
function enlist(
  tables: usize,
  scratch: usize,
  counts: usize,
  i: i32,
  size: f64,
  x: f64,
  isK: bool,
): void {
  let list: i32 = 0;
  for (let tier = 0; tier < TIERS; tier++) {
    list += <i32>(size < load<f64>(tables + LIMITS + ((<usize>tier) << 3)));
  }
  if (list == TIERS && isK && x > 1) list = TRAPEZOID;
  const counter = counts + ((<usize>list) << 2);
  const count = load<i32>(counter);
  store<i32>(scratch + ((<usize>(list * BLOCK + count)) << 2), i);
  store<i32>(counter, count + 1);
}

/**
 * out[i] = log I or log K of (v[i], x[i]) for i in from..to; a stride of 0 repeats one number.
 * kind: 0 log I, 1 log K, 2 log(exp(-x) I), 3 log(exp(x) K). Elements are sorted by expansion in
 * blocks, so that both lanes of a vector always take the same path. Needs 0 <= v <= 1e150 and
 * max(1e-300, 1e-100 v) <= x <= 1e150; returns how many vectors hold elements outside, for which
 * `out` has no meaning. `scratch` holds 9 lists of 512 indices and their counts.
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
  const far = splat(load<f64>(tables + LIMITS + (2 << 3)));
  const zero = splat(0);
  const huge = splat(1e150);
  const tiny = splat(1e-300);
  const ratio = splat(1e-100);
  let unusual = 0;
  const counts = scratch + ((<usize>(9 * BLOCK)) << 2);
  for (let start = from; start < to; start += BLOCK) {
    const end = min(to, start + BLOCK);
    for (let list = 0; list < 9; list++) store<i32>(counts + ((<usize>list) << 2), 0);
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
        // Both are far out: four terms or fewer, the same few instructions for all.
        scatter(out, i, next, debye(tables, tables + DEBYE, a, b, 4, isK ? -1 : 1, scaled));
        continue;
      }
      enlist(
        tables,
        scratch,
        counts,
        i,
        f64x2.extract_lane(sizes, 0),
        f64x2.extract_lane(b, 0),
        isK,
      );
      if (next > i) {
        enlist(
          tables,
          scratch,
          counts,
          next,
          f64x2.extract_lane(sizes, 1),
          f64x2.extract_lane(b, 1),
          isK,
        );
      }
    }
    for (let list = 0; list < 9; list++) {
      const count = load<i32>(counts + ((<usize>list) << 2));
      const indices = scratch + ((<usize>(list * BLOCK)) << 2);
      for (let j = 0; j < count; j += 2) {
        const i0 = load<i32>(indices + ((<usize>j) << 2));
        const i1 = load<i32>(indices + ((<usize>min(j + 1, count - 1)) << 2));
        const a = gather(v, vStride, i0, i1);
        const b = gather(x, xStride, i0, i1);
        scatter(out, i0, i1, evaluate(tables, list, a, b, isK, scaled));
      }
    }
  }
  return unusual;
}
