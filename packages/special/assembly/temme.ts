// Temme's series and the forward recurrence for two arguments at once; see src/bessel/temme.ts.
import { at, exp, fma, HALF, log, ONE, select, sinhc, splat } from "./elementary";

/** log K_v(x), v < 16, 0 < x <= 1; `gamma` is RECIPROCAL_GAMMA, `count` its odd length. */
export function logTemmeK(c: usize, gamma: usize, count: i32, v: v128, x: v128): v128 {
  const n = f64x2.floor(f64x2.add(v, splat(0.5)));
  const mu = f64x2.sub(v, n);
  const m2 = f64x2.mul(mu, mu);
  let g1 = splat(0);
  let g2 = at(gamma, count - 1);
  for (let k = count - 2; k >= 1; k -= 2) {
    g1 = f64x2.sub(f64x2.mul(g1, m2), at(gamma, k));
    g2 = fma(g2, m2, at(gamma, k - 1));
  }
  const plus = f64x2.sub(g2, f64x2.mul(mu, g1));
  const minus = f64x2.add(g2, f64x2.mul(mu, g1));
  const logX = log(c, x);
  const logHalf = log(c, f64x2.mul(x, at(c, HALF)));
  const sigma = f64x2.neg(f64x2.mul(mu, logHalf));
  const up = exp(c, sigma);
  const cosh = f64x2.mul(f64x2.add(up, f64x2.div(splat(1), up)), splat(0.5));
  const odd = f64x2.mul(f64x2.mul(sinhc(c, sigma, up), logHalf), g2);
  let f = f64x2.div(f64x2.sub(f64x2.mul(cosh, g1), odd), f64x2.mul(plus, minus));
  let p = f64x2.div(f64x2.mul(up, splat(0.5)), plus);
  let q = f64x2.div(splat(0.5), f64x2.mul(up, minus));
  const step = f64x2.mul(f64x2.mul(x, x), splat(0.25));
  let power = splat(1);
  let low = f;
  let high = p;
  for (let i = 1; i <= 10; i++) {
    const k = splat(<f64>i);
    const down = f64x2.sub(k, mu);
    const rise = f64x2.add(k, mu);
    const inverse = f64x2.div(at(c, ONE), f64x2.mul(down, rise));
    f = f64x2.mul(fma(k, f, f64x2.add(p, q)), inverse);
    p = f64x2.mul(f64x2.mul(p, rise), inverse);
    q = f64x2.mul(f64x2.mul(q, down), inverse);
    power = f64x2.mul(power, f64x2.mul(step, splat(1 / <f64>i)));
    low = fma(power, f, low);
    high = fma(power, f64x2.sub(p, f64x2.mul(k, f)), high);
  }
  let rho = f64x2.div(f64x2.add(high, high), low);
  const x2 = f64x2.mul(x, x);
  const last = max(f64x2.extract_lane(n, 0), f64x2.extract_lane(n, 1));
  for (let j: f64 = 0; j < last; j += 1) {
    low = f64x2.mul(low, select(f64x2.gt(n, splat(j)), rho, splat(1)));
    const twice = f64x2.mul(f64x2.add(mu, splat(j + 1)), splat(2));
    rho = f64x2.add(twice, f64x2.div(x2, rho));
  }
  return f64x2.sub(log(c, low), f64x2.mul(n, logX));
}
