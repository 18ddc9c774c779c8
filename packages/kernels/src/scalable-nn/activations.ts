import { checkType, domainError, type Rng } from "@daily-kernel/compute";

/** One draw of a frequency: f(z) is the expectation of (re + i im) exp(i k z). */
export interface Harmonic {
  k: number;
  re: number;
  im: number;
}

/**
 * A real activation f with an integrable Fourier transform, as a random sum of harmonics. The estimate
 * that is made of it has a finite mean only if E exp(k^2 s / 2) is finite for the squared norms s of the
 * inputs: bounded frequencies always do, normal ones for s < 1, those of sech(z) and exp(-|z|) never.
 */
export interface Activation {
  readonly name: string;
  /** f(z). */
  value(z: number): number;
  /** A frequency with its coefficient. */
  draw(rng: Rng): Harmonic;
  /**
   * E |c|^2 exp(growth k^2) and Re E c^2 exp(-decay k^2 + i shift k) for the coefficient c = re + i im:
   * what the variance needs. Infinity where the first does not exist.
   */
  moments?(growth: number, decay: number, shift: number): { absolute: number; square: number };
}

const sign = (rng: Rng) => (rng.uint32() % 2 === 0 ? 1 : -1);

/** cos z: frequencies 1 and -1. */
const cos: Activation = {
  name: "cos",
  value: Math.cos,
  draw: (rng) => ({ k: sign(rng), re: 1, im: 0 }),
  moments: (growth, decay, shift) => ({
    absolute: Math.exp(growth),
    square: Math.exp(-decay) * Math.cos(shift),
  }),
};

/** sin z: frequencies 1 and -1 with coefficients 1 / i and -1 / i. */
const sin: Activation = {
  name: "sin",
  value: Math.sin,
  draw(rng) {
    const k = sign(rng);
    return { k, re: 0, im: -k };
  },
  moments: (growth, decay, shift) => ({
    absolute: Math.exp(growth),
    square: -Math.exp(-decay) * Math.cos(shift),
  }),
};

/** exp(-z^2 / 2): standard normal frequencies. */
const gaussian: Activation = {
  name: "gaussian",
  value: (z) => Math.exp((-z * z) / 2),
  draw: (rng) => ({ k: rng.normal(), re: 1, im: 0 }),
  moments(growth, decay, shift) {
    const spread = 1 + 2 * decay;
    return {
      absolute: growth < 0.5 ? 1 / Math.sqrt(1 - 2 * growth) : Number.POSITIVE_INFINITY,
      square: Math.exp((-shift * shift) / (2 * spread)) / Math.sqrt(spread),
    };
  },
};

/** sin(z) / z, and 1 at 0: frequencies uniform in [-1, 1]. */
const sinc: Activation = {
  name: "sinc",
  value: (z) => (z === 0 ? 1 : Math.sin(z) / z),
  draw: (rng) => ({ k: 2 * rng.uniform() - 1, re: 1, im: 0 }),
};

const known = { cos, sin, gaussian, sinc };
/** Those that are there by name. */
export type ActivationName = keyof typeof known;

/** An activation by name, or a checked one of the caller's. */
export function activationOf(fn: string, activation: ActivationName | Activation): Activation {
  if (typeof activation === "string") {
    if (Object.hasOwn(known, activation)) return known[activation];
    throw domainError(
      `${fn}: activation must be ${Object.keys(known).join(", ")} or { name, value, draw }, got ${activation}; ReLU, GELU and softplus have no integrable Fourier transform`,
    );
  }
  const { value, draw } = (activation ?? {}) as Partial<Activation>;
  const ok = typeof value === "function" && typeof draw === "function";
  checkType(ok, fn, "activation", "a name or { name, value, draw }", activation);
  return activation;
}
