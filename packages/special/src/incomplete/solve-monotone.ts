/**
 * The u in [low, high] with f(u) = 0 for an increasing f, by Newton steps that fall back to halving
 * the bracket. `f` returns value and derivative; an end of the bracket is returned where f does not
 * change sign.
 */
export function solveMonotone(
  f: (u: number) => readonly [value: number, derivative: number],
  start: number,
  low: number,
  high: number,
): number {
  let u = Math.min(Math.max(start, low), high);
  for (let step = 0; step < 200; step++) {
    const [value, derivative] = f(u);
    if (value === 0) return u;
    if (value < 0) low = u;
    else high = u;
    let next = u - value / derivative;
    if (!(next > low && next < high)) next = low + (high - low) / 2;
    if (Math.abs(next - u) <= 4e-16 * Math.max(1, Math.abs(u))) return next;
    u = next;
  }
  return u;
}

/**
 * The Newton step back to the root from next to it, 0 where there is none to take. Taken once more in
 * the argument itself, whose digits a logarithm of several hundred does not hold.
 */
export function lastStep([value, derivative]: readonly [number, number]): number {
  const step = value / derivative;
  return Math.abs(step) < 1e-6 ? step : 0;
}
