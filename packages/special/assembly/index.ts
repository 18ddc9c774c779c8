import { debye } from "./debye";
import { logSeriesI } from "./series";
import { logTemmeK } from "./temme";
import { logTrapezoidK } from "./trapezoid";
import { splat } from "./elementary";

// The block of tables that TypeScript lays out (src/bessel/tables-block.ts), in doubles.
const LIMITS: usize = 0;
const GAMMA: usize = 8 << 3;
const COSH: usize = (8 + 27) << 3;
const SINH: usize = (8 + 27 + 49) << 3;
const DEBYE: usize = (8 + 27 + 49 + 49) << 3;
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
    return debye(tables + DEBYE, v, x, termsOf(list), isK ? -1 : 1, scaled);
  }
  if (list == TRAPEZOID) {
    return logTrapezoidK(tables + COSH, tables + SINH, NODES, v, x, scaled);
  }
  if (!isK) {
    const y = logSeriesI(tables + GAMMA, GAMMA_COUNT, v, x);
    return scaled ? f64x2.sub(y, x) : y;
  }
  const y = logTemmeK(tables + GAMMA, GAMMA_COUNT, v, x);
  return scaled ? f64x2.add(y, x) : y;
}

/**
 * out[i] = log I or log K of (v[i], x[i]) for i in from..to; a stride of 0 repeats one number.
 * kind: 0 log I, 1 log K, 2 log(exp(-x) I), 3 log(exp(x) K). Elements are sorted by expansion in
 * blocks, so that both lanes of a vector always take the same path. Needs 0 <= v <= 1e150 and
 * max(1e-300, 1e-100 v) <= x <= 1e150. `scratch` holds 9 lists of 512 indices.
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
): void {
  const isK = (kind & 1) == 1;
  const scaled = kind >= 2;
  const counts = scratch + ((<usize>(9 * BLOCK)) << 2);
  for (let start = from; start < to; start += BLOCK) {
    const end = min(to, start + BLOCK);
    for (let list = 0; list < 9; list++) store<i32>(counts + ((<usize>list) << 2), 0);
    for (let i = start; i < end; i++) {
      const vi = load<f64>(v + <usize>(i * vStride));
      const xi = load<f64>(x + <usize>(i * xStride));
      const size = xi * xi + load<f64>(tables + LIMITS + 56) * vi * vi;
      let list: i32 = 0;
      for (let tier = 0; tier < TIERS; tier++) {
        list += <i32>(size < load<f64>(tables + LIMITS + ((<usize>tier) << 3)));
      }
      if (list == TIERS && isK && xi > 1) list = TRAPEZOID;
      const counter = counts + ((<usize>list) << 2);
      const count = load<i32>(counter);
      store<i32>(scratch + ((<usize>(list * BLOCK + count)) << 2), i);
      store<i32>(counter, count + 1);
    }
    for (let list = 0; list < 9; list++) {
      const count = load<i32>(counts + ((<usize>list) << 2));
      const indices = scratch + ((<usize>(list * BLOCK)) << 2);
      for (let j = 0; j < count; j += 2) {
        const i0 = load<i32>(indices + ((<usize>j) << 2));
        const i1 = load<i32>(indices + ((<usize>min(j + 1, count - 1)) << 2));
        let a = splat(load<f64>(v + <usize>(i0 * vStride)));
        a = f64x2.replace_lane(a, 1, load<f64>(v + <usize>(i1 * vStride)));
        let b = splat(load<f64>(x + <usize>(i0 * xStride)));
        b = f64x2.replace_lane(b, 1, load<f64>(x + <usize>(i1 * xStride)));
        const y = evaluate(tables, list, a, b, isK, scaled);
        store<f64>(out + ((<usize>i0) << 3), f64x2.extract_lane(y, 0));
        store<f64>(out + ((<usize>i1) << 3), f64x2.extract_lane(y, 1));
      }
    }
  }
}
