import { checkType, domainError } from "@daily-kernel/compute";

const TAU = 2 * Math.PI;

/** (-1)^(alpha/2 + 1) B_alpha(x) (2 pi)^alpha / alpha!, with t = x (1 - x). */
const KERNELS: Record<number, (t: number) => number> = {
  2: (t) => (TAU ** 2 / 2) * (1 / 6 - t),
  4: (t) => (TAU ** 4 / 24) * (1 / 30 - t * t),
  6: (t) => (TAU ** 6 / 720) * (1 / 42 - t * t * (1 / 2 + t)),
  8: (t) => (TAU ** 8 / 40320) * (1 / 30 - t * t * (2 / 3 + t * (4 / 3 + t))),
};

/** Throws unless `alpha` is 2, 4, 6 or 8. */
export function checkAlpha(fn: string, alpha: unknown): asserts alpha is number {
  checkType(typeof alpha === "number", fn, "alpha", "a number", alpha);
  if (!((alpha as number) in KERNELS)) {
    throw domainError(`${fn}: alpha must be 2, 4, 6 or 8, got ${alpha}`);
  }
}

/**
 * The kernel of P_alpha in one dimension, the sum over h != 0 of exp(2 pi i h x) / |h|^alpha, for x in
 * [0, 1): a Bernoulli polynomial, even and of mean 0.
 */
export function korobovKernel(alpha: number): (x: number) => number {
  const kernel = KERNELS[alpha]!;
  return (x) => kernel(x * (1 - x));
}
