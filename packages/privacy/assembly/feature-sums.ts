// Features with random phases, and sums of features in whole parts of a grid.
import { cosineDistance, fractionOfTurn, quarterSines } from "../../kernels/assembly/turns";

/** height cos(2 pi (angle + phase)) of n angles, in turns. */
export function phaseFeatures(
  angles: usize,
  phases: usize,
  height: f64,
  n: i32,
  out: usize,
  table: usize,
): void {
  let to = out;
  let p = 0;
  for (; p + 2 <= n; p += 2, angles += 16, phases += 16, to += 16) {
    const t = f64x2.add(v128.load(angles), v128.load(phases));
    v128.store(to, cosineDistance(fractionOfTurn(t)));
  }
  if (p < n) {
    const t = f64x2.add(v128.load64_splat(angles), v128.load64_splat(phases));
    v128.store64_lane(to, cosineDistance(fractionOfTurn(t)), 0);
  }
  quarterSines(out, height, n, table);
}

/** Adds n numbers to the sums, each cut to a whole number of parts, `grid` parts in 1. */
export function addTruncated(x: usize, grid: f64, n: i32, sums: usize): void {
  const g = f64x2.splat(grid);
  let p = 0;
  for (; p + 2 <= n; p += 2) {
    const whole = f64x2.trunc(f64x2.mul(v128.load(x), g));
    v128.store(sums, f64x2.add(v128.load(sums), whole));
    x += 16;
    sums += 16;
  }
  if (p < n) store<f64>(sums, load<f64>(sums) + trunc<f64>(load<f64>(x) * grid));
}
