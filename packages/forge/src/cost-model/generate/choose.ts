import type { Rng } from "@daily-kernel/compute";

/** One of `options`, each as likely. */
export const choose = <T>(rng: Rng, options: readonly T[]): T =>
  options[rng.integer(options.length)]!;

/** A whole number in low..high, both included. */
export const between = (rng: Rng, low: number, high: number): number =>
  low + rng.integer(high - low + 1);

/** True with the given probability. */
export const chance = (rng: Rng, probability: number): boolean => rng.uniform() < probability;
