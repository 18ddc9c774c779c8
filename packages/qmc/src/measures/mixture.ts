import {
  checkNumbers,
  domainError,
  matrix,
  shapeError,
  unsupportedError,
} from "@daily-kernel/compute";
import { knownOptions } from "../check-options.ts";
import type { Sequence } from "../sequences/sequence.ts";
import { checkSameDimension } from "./parameters.ts";
import { checkMeasures } from "./product-measure.ts";
import { type Moments, TrueMeasure } from "./true-measure.ts";

export interface MixtureOptions {
  /** The measures that are mixed, all of one dimension d; their own sequences are not used. */
  components: readonly TrueMeasure[];
  /** Their probabilities, > 0, with the sum 1. */
  probabilities: ArrayLike<number>;
}

/**
 * A mixture of measures of dimension d over a sequence of dimension d + 1: the first coordinate of u
 * chooses the component, the others make its point.
 */
export class Mixture extends TrueMeasure {
  readonly range: Float64Array;
  readonly components: readonly TrueMeasure[];
  readonly probabilities: Float64Array;

  constructor(sampler: Sequence | TrueMeasure, options: MixtureOptions) {
    const where = "Mixture";
    const { components, probabilities } = knownOptions(where, options, [
      "components",
      "probabilities",
    ]);
    checkMeasures(where, "components", components);
    const d = components[0]!.dimension;
    super(sampler, d);
    for (const [k, component] of components.entries()) {
      if (component.dimension !== d) {
        throw shapeError(
          `${where}: all components must have one dimension, got ${d} and ` +
            `${component.dimension} (components[${k}])`,
        );
      }
    }
    if (sampler.dimension !== d + 1) {
      throw shapeError(
        `${where}: the dimension of the sampler must be ${d + 1}, one more than the components', ` +
          `got ${sampler.dimension}`,
      );
    }
    this.components = [...components];
    this.probabilities = checkProbabilities(where, probabilities, components.length);
    this.range = Float64Array.from({ length: 2 * d }, (_, k) => {
      const bounds = components.map(({ range }) => range[k]!);
      return k % 2 === 0 ? Math.min(...bounds) : Math.max(...bounds);
    });
  }

  protected map(u: Float64Array, n: number, out: Float64Array): void {
    const d = this.dimension;
    const rows: number[][] = this.components.map(() => []);
    for (let i = 0; i < n; i++) rows[this.#choice(u[i * (d + 1)]!)]!.push(i);
    for (const [k, component] of this.components.entries()) {
      const own = rows[k]!;
      const block = new Float64Array(own.length * d);
      for (const [at, i] of own.entries()) {
        block.set(u.subarray(i * (d + 1) + 1, (i + 1) * (d + 1)), at * d);
      }
      const x = component.transform(block, own.length);
      for (const [at, i] of own.entries()) out.set(x.subarray(at * d, (at + 1) * d), i * d);
    }
  }

  #choice(p: number): number {
    let sum = 0;
    const last = this.probabilities.length - 1;
    for (let k = 0; k < last; k++) {
      sum += this.probabilities[k]!;
      if (p < sum) return k;
    }
    return last;
  }

  protected density(x: Float64Array, n: number, out: Float64Array): void {
    for (const [k, component] of this.components.entries()) {
      if (component.sampler instanceof TrueMeasure) {
        throw unsupportedError(
          "Mixture.weight: the density of a component over another measure is not known",
        );
      }
      const weights = component.weight(x, n);
      for (let i = 0; i < n; i++) out[i]! += this.probabilities[k]! * weights[i]!;
    }
  }

  /** By the law of total covariance. */
  protected override moments(): Moments {
    const d = this.dimension;
    const parts = this.components.map((component, k) => {
      const { mean, covariance } = component;
      return { p: this.probabilities[k]!, mean, covariance: covariance.data };
    });
    const mean = new Float64Array(d);
    for (const part of parts) for (let j = 0; j < d; j++) mean[j]! += part.p * part.mean[j]!;
    const covariance = matrix(d, d);
    for (const part of parts) {
      const off = part.mean.map((m, j) => m - mean[j]!);
      for (let k = 0; k < d * d; k++) {
        const between = off[Math.floor(k / d)]! * off[k % d]!;
        covariance.data[k]! += part.p * (part.covariance[k]! + between);
      }
    }
    return {
      mean,
      variance: mean.map((_, j) => covariance.data[j * (d + 1)]!),
      covariance: () => covariance,
    };
  }

  protected over(sampler: Sequence | TrueMeasure): Mixture {
    checkSameDimension("Mixture", this.sampler.dimension, sampler.dimension);
    return new Mixture(sampler, {
      components: this.components,
      probabilities: this.probabilities,
    });
  }
}

function checkProbabilities(where: string, value: ArrayLike<number>, count: number): Float64Array {
  checkNumbers(where, "probabilities", value);
  if (value.length !== count) {
    throw shapeError(`${where}: there must be ${count} probabilities, got ${value.length}`);
  }
  const all = Float64Array.from(value);
  const bad = all.findIndex((p) => !(p > 0 && p <= 1));
  if (bad >= 0) {
    throw domainError(
      `${where}: probabilities must be > 0 and <= 1, got ${all[bad]} at index ${bad}`,
    );
  }
  const sum = all.reduce((total, p) => total + p, 0);
  if (Math.abs(sum - 1) > 1e-12) {
    throw domainError(`${where}: probabilities must have the sum 1, got ${sum}`);
  }
  return all;
}
