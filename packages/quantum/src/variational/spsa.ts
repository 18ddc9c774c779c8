import { checkType, numericError, type Rng } from "@daily-kernel/compute";
import { checkCount, checkPositive, checkVector, rngOf } from "../checks.ts";

export interface SpsaOptions {
  /** Draws of the directions: a seed, or a generator. */
  seed: number | bigint | Rng;
  /** Default 250. */
  steps?: number | undefined;
  /** Steps are a / (k + 1 + stability)^0.602. Default 2 pi / 10. */
  a?: number | undefined;
  /** Differences are over c / (k + 1)^0.101. Default 0.1. */
  c?: number | undefined;
  /** Default 0. */
  stability?: number | undefined;
  /** The largest change of a parameter in a step; none by default. */
  largestStep?: number | undefined;
  /** Called after every step; awaited, so that the event loop can run. */
  onStep?: ((step: number, x: Float64Array) => void | Promise<void>) | undefined;
}

/**
 * Minimises a noisy function by simultaneous perturbation (Spall 1998): two evaluations a step, along a
 * random direction of entries -1 and 1, whatever the dimension. Gives the last point.
 */
export async function spsa(
  loss: (x: Float64Array) => number,
  start: ArrayLike<number>,
  options: SpsaOptions,
): Promise<Float64Array> {
  const fn = "spsa";
  checkType(typeof loss === "function", fn, "loss", "a function", loss);
  checkVector(fn, "start", start, start?.length ?? 0);
  checkType(typeof options === "object" && options !== null, fn, "options", "an object", options);
  const { seed, steps = 250, a = Math.PI / 5, c = 0.1, stability = 0 } = options;
  const { largestStep = Number.MAX_VALUE, onStep } = options;
  checkCount(fn, "options.steps", steps, 0);
  checkPositive(fn, "options.a", a);
  checkPositive(fn, "options.c", c);
  checkPositive(fn, "options.largestStep", largestStep);
  checkVector(fn, "options.stability", [stability], 1);
  const rng = rngOf(fn, seed);
  const x = Float64Array.from(start);
  for (let k = 0; k < steps; k++) {
    const rate = a / (k + 1 + stability) ** 0.602;
    const reach = c / (k + 1) ** 0.101;
    const direction = x.map(() => (rng.uint32() & 1 ? 1 : -1));
    const up = loss(x.map((value, i) => value + reach * direction[i]!));
    const down = loss(x.map((value, i) => value - reach * direction[i]!));
    if (!Number.isFinite(up - down)) {
      throw numericError(`${fn}: loss must give finite numbers, got ${up} and ${down}`);
    }
    const slope = (up - down) / (2 * reach);
    for (let i = 0; i < x.length; i++) {
      const step = rate * slope * direction[i]!;
      x[i]! -= Math.min(largestStep, Math.max(-largestStep, step));
    }
    await onStep?.(k + 1, x);
  }
  return x;
}
