import type { ValueAndGradient } from "./minimise.ts";

interface Trial extends ValueAndGradient {
  step: number;
  slope: number;
  x: Float64Array;
}

const DECREASE = 1e-4;
const CURVATURE = 0.9;
const ATTEMPTS = 12;
/** A gain of less than this share of the value is rounding. */
export const NEGLIGIBLE = 1e-10;

/**
 * A point along `direction` that satisfies the strong Wolfe conditions, or at least decreases the
 * function enough; undefined if none is found or the direction does not descend. `first` scales the
 * first step, whose direction knows nothing of the function's scale yet.
 */
export async function lineSearch(
  evaluate: (x: Float64Array) => Promise<ValueAndGradient>,
  x: Float64Array,
  here: ValueAndGradient,
  direction: Float64Array,
  first: boolean,
): Promise<Trial | undefined> {
  const slope0 = slopeOf(here.gradient, direction);
  if (!(slope0 < 0)) return undefined;
  const trial = async (step: number): Promise<Trial> => {
    const at = x.map((v, i) => v + step * direction[i]!);
    const result = await evaluate(at);
    return { ...result, step, slope: slopeOf(result.gradient, direction), x: at };
  };
  const enough = ({ value, step }: Trial) => value <= here.value + DECREASE * step * slope0;
  const flat = ({ slope }: Trial) => Math.abs(slope) <= -CURVATURE * slope0;

  let low: Trial = { ...here, step: 0, slope: slope0, x };
  let high: Trial | undefined;
  let best: Trial | undefined;
  let step = first ? 1 / Math.max(1, Math.sqrt(-slope0)) : 1;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const now = await trial(step);
    if (!enough(now) || now.value >= low.value || Number.isNaN(now.value)) {
      high = now;
    } else {
      if (flat(now)) return now;
      best = now;
      // The minimum lies on the side to which the function falls from here.
      if (high === undefined ? now.slope >= 0 : now.slope * (high.step - now.step) >= 0) high = low;
      low = now;
    }
    const width = high === undefined ? Number.POSITIVE_INFINITY : Math.abs(high.step - low.step);
    if (-slope0 * width < NEGLIGIBLE * Math.abs(here.value)) break;
    const next = high === undefined ? 2.5 * now.step : between(low, high);
    if (next === step || next === low.step) break;
    step = next;
  }
  return best;
}

/** Where the cubic through both ends has its minimum, kept well inside; the middle if it has none. */
function between(low: Trial, high: Trial): number {
  const width = high.step - low.step;
  const middle = low.step + 0.5 * width;
  if (!Number.isFinite(high.value) || !Number.isFinite(high.slope)) return low.step + 0.1 * width;
  const secant = (3 * (low.value - high.value)) / width;
  const a = low.slope + high.slope + secant;
  const root = Math.sqrt(a * a - low.slope * high.slope);
  const b = width > 0 ? root : -root;
  const step = high.step - (width * (high.slope + b - a)) / (high.slope - low.slope + 2 * b);
  const inside = (step - low.step) / width;
  return inside > 0.1 && inside < 0.9 ? step : middle;
}

const slopeOf = (gradient: Float64Array, direction: Float64Array) =>
  gradient.reduce((sum, g, i) => sum + g * direction[i]!, 0);
