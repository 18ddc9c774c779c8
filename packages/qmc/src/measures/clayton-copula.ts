import type { Sequence } from "../sequences/sequence.ts";
import { Copula, type CopulaOptions, logAddExp } from "./copula.ts";
import { one, positive } from "./parameters.ts";
import type { TrueMeasure } from "./true-measure.ts";

export interface ClaytonCopulaOptions extends CopulaOptions {
  /** Dependence, > 0. */
  theta: number;
}

/**
 * Clayton's copula, of generator phi(v) = v^-theta - 1: dependent in the lower tail. Coordinates come
 * one after another from their conditional distributions, in closed form, in logarithms (Hofert,
 * Maechler and McNeil 2012).
 */
export class ClaytonCopula extends Copula {
  readonly theta: number;

  constructor(sampler: Sequence | TrueMeasure, options: ClaytonCopulaOptions) {
    super(sampler, options, ["theta"]);
    this.theta = one("ClaytonCopula", "theta", options.theta, positive, "finite and > 0");
  }

  protected depend(u: Float64Array, v: Float64Array): void {
    const { theta } = this;
    v[0] = u[0]!;
    let logSum = this.#logGenerator(v[0]!);
    for (let j = 1; j < u.length; j++) {
      // v^-theta - 1 = (1 + sum) (w^(-theta / (1 + j theta)) - 1)
      const alpha = theta / (1 + j * theta);
      const logPhi = logAddExp(0, logSum) + logExpm1(-alpha * Math.log(u[j]!));
      v[j] = Math.exp(-logAddExp(0, logPhi) / theta);
      logSum = logAddExp(logSum, logPhi);
    }
  }

  protected logCopula(v: Float64Array): number {
    const { theta } = this;
    const d = v.length;
    let logSum = Number.NEGATIVE_INFINITY;
    let log = 0;
    for (let j = 0; j < d; j++) {
      logSum = logAddExp(logSum, this.#logGenerator(v[j]!));
      log += Math.log1p(j * theta) - (theta + 1) * Math.log(v[j]!);
    }
    return log - (1 / theta + d) * logAddExp(0, logSum);
  }

  /** log(v^-theta - 1). */
  #logGenerator(v: number): number {
    return logExpm1(-this.theta * Math.log(v));
  }

  protected copy(sampler: Sequence | TrueMeasure): ClaytonCopula {
    const { marginals, theta } = this;
    return new ClaytonCopula(sampler, { marginals, theta });
  }
}

/** log(exp(x) - 1), x > 0. */
const logExpm1 = (x: number): number =>
  x > 30 ? x + Math.log1p(-Math.exp(-x)) : Math.log(Math.expm1(x));
