// Matrix factorisations: parameters lie as user factors, item factors and, if there are any, user
// biases, item biases and the mean. Sums are plain products and sums, so that a training takes the
// same path on every machine but for the last bits of exp.
import { expNegative } from "../../compute/assembly/log-sum-exp";

export * from "./balance";
export * from "./released";

function at(array: usize, i: i32): usize {
  return array + ((<usize>i) << 3);
}

function index(array: usize, i: i32): i32 {
  return load<i32>(array + ((<usize>i) << 2));
}

/** The scores p_u . q_i (+ biases) of n cells, to `out`. */
export function scoreCells(
  theta: usize,
  users: i32,
  items: i32,
  rank: i32,
  biases: i32,
  user: usize,
  item: usize,
  n: i32,
  out: usize,
): void {
  const b = (users + items) * rank;
  for (let c = 0; c < n; c++) {
    const u = index(user, c);
    const i = index(item, c);
    const p = at(theta, u * rank);
    const q = at(theta, (users + i) * rank);
    let pair = f64x2.splat(0);
    let k = 0;
    for (; k + 2 <= rank; k += 2) {
      pair = f64x2.add(pair, f64x2.mul(v128.load(at(p, k)), v128.load(at(q, k))));
    }
    let score = f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
    if (k < rank) score += load<f64>(at(p, k)) * load<f64>(at(q, k));
    if (biases != 0) {
      score += load<f64>(at(theta, b + u)) + load<f64>(at(theta, b + users + i));
      score += load<f64>(at(theta, b + users + items));
    }
    store<f64>(at(out, c), score);
  }
}

/** Adds slope[c] times the gradient of the score of cell c, for n cells. */
export function addGradients(
  theta: usize,
  gradient: usize,
  users: i32,
  items: i32,
  rank: i32,
  biases: i32,
  user: usize,
  item: usize,
  slope: usize,
  n: i32,
): void {
  const b = (users + items) * rank;
  for (let c = 0; c < n; c++) {
    const u = index(user, c);
    const i = index(item, c);
    const s = load<f64>(at(slope, c));
    const two = f64x2.splat(s);
    const p = at(theta, u * rank);
    const q = at(theta, (users + i) * rank);
    const gp = at(gradient, u * rank);
    const gq = at(gradient, (users + i) * rank);
    let k = 0;
    for (; k + 2 <= rank; k += 2) {
      const a = at(gp, k);
      const z = at(gq, k);
      v128.store(a, f64x2.add(v128.load(a), f64x2.mul(two, v128.load(at(q, k)))));
      v128.store(z, f64x2.add(v128.load(z), f64x2.mul(two, v128.load(at(p, k)))));
    }
    if (k < rank) {
      store<f64>(at(gp, k), load<f64>(at(gp, k)) + s * load<f64>(at(q, k)));
      store<f64>(at(gq, k), load<f64>(at(gq, k)) + s * load<f64>(at(p, k)));
    }
    if (biases != 0) {
      const perUser = at(gradient, b + u);
      const perItem = at(gradient, b + users + i);
      const all = at(gradient, b + users + items);
      store<f64>(perUser, load<f64>(perUser) + s);
      store<f64>(perItem, load<f64>(perItem) + s);
      store<f64>(all, load<f64>(all) + s);
    }
  }
}

/** 1 / (1 + exp(-s)) of n scores; reads and writes up to an even number. */
export function sigmoids(scores: usize, out: usize, n: i32): void {
  const one = f64x2.splat(1);
  for (let c = 0; c < n; c += 2) {
    const s = v128.load(at(scores, c));
    const e = expNegative(f64x2.neg(f64x2.abs(s)));
    const p = f64x2.div(one, f64x2.add(one, e));
    const positive = f64x2.ge(s, f64x2.splat(0));
    v128.store(at(out, c), v128.bitselect(p, f64x2.mul(e, p), positive));
  }
}

/**
 * A step of Adam on n parameters (up to an even number), the decay as part of the gradient, which
 * is 0 afterwards. `rate` and `scale` carry the corrections of the bias.
 */
export function adamStep(
  theta: usize,
  first: usize,
  second: usize,
  gradient: usize,
  n: i32,
  rate: f64,
  scale: f64,
  decay: f64,
): void {
  const zero = f64x2.splat(0);
  for (let k = 0; k < n; k += 2) {
    const t = v128.load(at(theta, k));
    const g = f64x2.add(v128.load(at(gradient, k)), f64x2.mul(f64x2.splat(decay), t));
    const m = f64x2.add(
      f64x2.mul(f64x2.splat(0.9), v128.load(at(first, k))),
      f64x2.mul(f64x2.splat(0.1), g),
    );
    const v = f64x2.add(
      f64x2.mul(f64x2.splat(0.999), v128.load(at(second, k))),
      f64x2.mul(f64x2.splat(0.001), f64x2.mul(g, g)),
    );
    v128.store(at(first, k), m);
    v128.store(at(second, k), v);
    const root = f64x2.add(f64x2.mul(f64x2.sqrt(v), f64x2.splat(scale)), f64x2.splat(1e-8));
    v128.store(at(theta, k), f64x2.sub(t, f64x2.div(f64x2.mul(f64x2.splat(rate), m), root)));
    v128.store(at(gradient, k), zero);
  }
}
