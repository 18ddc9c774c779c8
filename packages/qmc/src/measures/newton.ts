/**
 * The root of a falling function in [lower, upper] from its value and slope, where both are smooth on
 * the scale of 1: Newton's method, halving the interval whenever a step would leave it.
 */
export function solveFalling(
  at: (x: number) => readonly [value: number, slope: number],
  lower: number,
  upper: number,
  start: number,
): number {
  let [a, b] = [lower, upper];
  let x = start;
  for (let step = 0; step < 200; step++) {
    const [value, slope] = at(x);
    if (value === 0) return x;
    if (value > 0) a = x;
    else b = x;
    const newton = x - value / slope;
    // the next step would be of the order of this one's square
    if (Math.abs(newton - x) <= 1e-9) return newton;
    x = newton > a && newton < b ? newton : (a + b) / 2;
  }
  return x;
}
