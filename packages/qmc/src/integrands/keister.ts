import { lgamma } from "@daily-kernel/special";
import { checkNumber } from "../check-options.ts";
import { Gaussian } from "../measures/gaussian.ts";
import type { Sampler } from "../measures/true-measure.ts";
import { ScalarIntegrand } from "./scalar-integrand.ts";

/**
 * Keister's integrand: pi^(d/2) cos(|x|) for x ~ N(0, I/2), the integral of cos(|x|) exp(-|x|^2)
 * over R^d (Keister 1996).
 */
export class Keister extends ScalarIntegrand {
  readonly #factor: number;

  constructor(sampler: Sampler) {
    super(new Gaussian(sampler, { covariance: 0.5 }));
    this.#factor = Math.PI ** (this.measure.dimension / 2);
  }

  protected override value(x: Float64Array, start: number): number {
    let squares = 0;
    for (let j = start; j < start + this.measure.dimension; j++) squares += x[j]! * x[j]!;
    return this.#factor * Math.cos(Math.sqrt(squares));
  }

  /**
   * The integral for dimension d, 1 to 200, from the recurrences of the cosine and sine moments
   * of r^(d-1) exp(-r^2). O(d).
   */
  static exactValue(d: number): number {
    const inRange = (value: number) => Number.isInteger(value) && value >= 1 && value <= 200;
    checkNumber("Keister.exactValue", "d", d, "an integer in 1..200", inRange);
    const cosine = [Math.sqrt(Math.PI) / (2 * Math.exp(0.25))];
    const sine = [0.4244363835020223]; // Dawson's integral at 1/2
    for (let j = 1; j < d; j++) {
      const cosineBefore = j > 1 ? (j - 1) * cosine[j - 2]! : 1;
      const sineBefore = j > 1 ? (j - 1) * sine[j - 2]! : 0;
      cosine.push((cosineBefore - sine[j - 1]!) / 2);
      sine.push((sineBefore + cosine[j - 1]!) / 2);
    }
    return 2 * Math.exp((d / 2) * Math.log(Math.PI) - lgamma(d / 2)) * cosine[d - 1]!;
  }
}
