/**
 * The x in [low, high] with f(x) = target for an increasing f with derivative `slope`: Newton's steps
 * where they stay inside the bracket, halving where not.
 */
export function invertMonotone(
  f: (x: number) => { value: number; slope: number },
  target: number,
  low: number,
  high: number,
): number {
  let x = (low + high) / 2;
  for (let i = 0; i < 200; i++) {
    const { value, slope } = f(x);
    if (value < target) low = x;
    else high = x;
    const step = x - (value - target) / slope;
    const next = step > low && step < high ? step : (low + high) / 2;
    if (Math.abs(next - x) <= 1e-15 * Math.max(1, Math.abs(x))) return next;
    x = next;
  }
  return x;
}
