import { checkNumbers, checkObject, checkType, domainError, Rng } from "@daily-kernel/compute";
import { concentratedDelta, concentrationFor } from "../accounting/concentrated.ts";
import { checkEpsilon } from "../accounting/privacy.ts";
import { addDiscreteGaussian, discreteGaussianVariance } from "./discrete-gaussian.ts";
import { randomWords } from "./random-words.ts";

export interface GaussianMechanismOptions {
  /** Largest l2 change of the whole numbers between neighbours, > 0. */
  sensitivity: number;
  /** > 0. */
  epsilon: number;
  /** In (0, 1): far below one over the number of records. */
  delta: number;
  /** Seeded noise, for tests: whoever knows the seed can subtract it. Default the platform's crypto. */
  unsafeRng?: Rng | undefined;
}

/** Beyond it sigma^2 is no longer exact in doubles. */
const LARGEST = 2 ** 24;

/**
 * Whole numbers with discrete Gaussian noise, drawn exactly: (epsilon, delta)-differential privacy, for
 * statistics of many numbers whose l2 sensitivity is small beside the l1 sensitivity. The structures of
 * this package promise delta = 0 and take Laplace noise.
 */
export class GaussianMechanism {
  readonly sigma: number;
  /** Its concentrated privacy, sensitivity^2 / (2 sigma^2): those of several releases add up. */
  readonly rho: number;
  readonly #unsafeRng: Rng | undefined;

  /**
   * @throws TypeError `ERR_TYPE`, RangeError `ERR_DOMAIN` for options out of range, or a sigma above 2^24.
   */
  constructor(options: GaussianMechanismOptions) {
    const fn = "GaussianMechanism";
    checkObject(fn, "options", options);
    const { epsilon, delta, unsafeRng } = options;
    const sensitivity = checkEpsilon(fn, "sensitivity", options.sensitivity);
    checkEpsilon(fn, "epsilon", epsilon);
    checkType(typeof delta === "number", fn, "delta", "a number", delta);
    if (!(delta > 0 && delta < 1)) {
      throw domainError(`${fn}: delta must be in (0, 1), got ${delta}`);
    }
    const seeded = unsafeRng === undefined || unsafeRng instanceof Rng;
    checkType(seeded, fn, "unsafeRng", "an Rng", unsafeRng);
    this.rho = concentrationFor(epsilon, delta);
    this.sigma = sensitivity / Math.sqrt(2 * this.rho);
    if (!(this.sigma <= LARGEST)) {
      throw domainError(
        `${fn}: sensitivity ${sensitivity} at epsilon ${epsilon} needs a sigma of ${this.sigma}, above 2^24; count in coarser units`,
      );
    }
    this.#unsafeRng = unsafeRng;
  }

  /** Standard deviation of the noise of each number: sigma, but for sigma below 1. */
  get noiseStd(): number {
    return Math.sqrt(discreteGaussianVariance(this.sigma));
  }

  /** The delta of one release at another epsilon. */
  delta(epsilon: number): number {
    return concentratedDelta(this.rho, epsilon);
  }

  /**
   * The numbers with fresh noise. What is asked for again spends again.
   * @throws TypeError `ERR_TYPE`, RangeError `ERR_DOMAIN` for numbers that are not whole or beyond 2^52.
   */
  release(values: ArrayLike<number>): Float64Array {
    const fn = "GaussianMechanism.release";
    checkNumbers(fn, "values", values);
    const noisy = Float64Array.from(values);
    const bad = noisy.findIndex((v) => !(Number.isInteger(v) && Math.abs(v) <= 2 ** 52));
    if (bad >= 0) {
      throw domainError(`${fn}: values must be whole, got ${noisy[bad]} at index ${bad}`);
    }
    addDiscreteGaussian(noisy, this.sigma, randomWords(this.#unsafeRng));
    return noisy;
  }
}
