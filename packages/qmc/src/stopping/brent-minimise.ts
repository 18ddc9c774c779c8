const GOLDEN = (3 - Math.sqrt(5)) / 2;

/**
 * Where a function of one variable has a local minimum in [low, high], to an absolute tolerance, by
 * golden sections and parabolas (Brent 1973, "Algorithms for Minimization Without Derivatives",
 * chapter 5).
 */
export function brentMinimise(
  f: (x: number) => number,
  low: number,
  high: number,
  tolerance: number,
): number {
  let [a, b] = [low, high];
  let x = a + GOLDEN * (b - a);
  let [w, v] = [x, x];
  let fx = f(x);
  let [fw, fv] = [fx, fx];
  let [step, before] = [0, 0];
  for (let k = 0; k < 200; k++) {
    const middle = (a + b) / 2;
    const tol = tolerance / 3 + 1e-10 * Math.abs(x);
    if (Math.abs(x - middle) <= 2 * tol - (b - a) / 2) break;
    let golden = true;
    if (Math.abs(before) > tol) {
      const r = (x - w) * (fx - fv);
      let q = (x - v) * (fx - fw);
      let p = (x - v) * q - (x - w) * r;
      q = 2 * (q - r);
      if (q > 0) p = -p;
      q = Math.abs(q);
      if (Math.abs(p) < Math.abs((q * before) / 2) && p > q * (a - x) && p < q * (b - x)) {
        before = step;
        step = p / q;
        const u = x + step;
        if (u - a < 2 * tol || b - u < 2 * tol) step = x < middle ? tol : -tol;
        golden = false;
      }
    }
    if (golden) {
      before = x < middle ? b - x : a - x;
      step = GOLDEN * before;
    }
    const u = x + (Math.abs(step) >= tol ? step : step > 0 ? tol : -tol);
    const fu = f(u);
    if (fu <= fx) {
      if (u < x) b = x;
      else a = x;
      [v, fv, w, fw, x, fx] = [w, fw, x, fx, u, fu];
    } else {
      if (u < x) a = u;
      else b = u;
      if (fu <= fw || w === x) [v, fv, w, fw] = [w, fw, u, fu];
      else if (fu <= fv || v === x || v === w) [v, fv] = [u, fu];
    }
  }
  return x;
}
