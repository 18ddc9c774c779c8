import type { Sequence } from "../sequences/sequence.ts";
import { Copula, type CopulaOptions } from "./copula.ts";
import { solveFalling } from "./newton.ts";
import { one } from "./parameters.ts";
import type { TrueMeasure } from "./true-measure.ts";

export interface GumbelCopulaOptions extends CopulaOptions {
  /** Dependence, >= 1; 1 is independence. */
  theta: number;
}

/**
 * Gumbel's copula, of generator phi(v) = (-log v)^theta: dependent in the upper tail. The m-th
 * derivative of its inverse exp(-t^a), a = 1/theta, is (-1)^m exp(-x) t^-m P_m(x), x = t^a, with
 * polynomials of positive coefficients. Coordinates come one after another from ratios of these
 * derivatives, by Newton's method on log x.
 */
export class GumbelCopula extends Copula {
  readonly theta: number;
  /** Coefficients of P_0 ... P_d, from x^0 on. */
  readonly #polynomials: number[][];

  constructor(sampler: Sequence | TrueMeasure, options: GumbelCopulaOptions) {
    super(sampler, options, ["theta"]);
    const atLeast1 = (t: number) => t >= 1;
    this.theta = one("GumbelCopula", "theta", options.theta, atLeast1, "finite and >= 1");
    this.#polynomials = [[1]];
    for (let m = 0; m < this.dimension; m++) {
      // P_(m+1) = a x P_m + m P_m - a x P_m'
      const before = this.#polynomials[m]!;
      const next = Array.from({ length: m + 2 }, (_, k) => {
        const raised = (before[k - 1] ?? 0) / this.theta;
        return raised + (m - k / this.theta) * (before[k] ?? 0);
      });
      this.#polynomials.push(next);
    }
  }

  protected depend(u: Float64Array, v: Float64Array): void {
    if (this.theta === 1) {
      v.set(u);
      return;
    }
    v[0] = u[0]!;
    let logX = Math.log(-Math.log(v[0]!));
    for (let j = 1; j < u.length; j++) {
      const next = this.#solve(j, logX, Math.log(u[j]!));
      // (-log v)^theta = x^theta - x_before^theta
      const share = -Math.expm1(this.theta * (logX - next));
      v[j] = Math.exp(-Math.exp(next) * share ** (1 / this.theta));
      logX = next;
    }
  }

  protected logCopula(v: Float64Array): number {
    if (this.theta === 1) return 0;
    const { theta } = this;
    const d = v.length;
    const logs = v.map((p) => Math.log(-Math.log(p)));
    const largest = Math.max(...logs);
    const sum = logs.reduce((total, y) => total + Math.exp(theta * (y - largest)), 0);
    const logX = largest + Math.log(sum) / theta;
    let log = this.#logDerivative(d, logX)[0];
    for (let j = 0; j < d; j++) {
      log += Math.log(theta) + (theta - 1) * logs[j]! - Math.log(v[j]!);
    }
    return log;
  }

  /** log of |m-th derivative| at log x, and its slope in log x. */
  #logDerivative(m: number, logX: number): readonly [value: number, slope: number] {
    const x = Math.exp(logX);
    const coefficients = this.#polynomials[m]!;
    // P_m(x) / x, whose powers start at 1 for m > 0
    let sum = 0;
    let slope = 0;
    for (let k = m; k >= 1; k--) {
      sum = sum * x + coefficients[k]!;
      slope = slope * x + k * coefficients[k]!;
    }
    const value = -x + logX + Math.log(sum) - m * this.theta * logX;
    return [value, -x + slope / sum - m * this.theta];
  }

  #solve(m: number, before: number, logW: number): number {
    const target = this.#logDerivative(m, before)[0] + logW;
    const at = (y: number) => {
      const [value, slope] = this.#logDerivative(m, y);
      return [value - target, slope] as const;
    };
    // the slope is below -x, so x grows by less than -log w
    return solveFalling(at, before, Math.log(Math.exp(before) - logW) + 1e-9, before);
  }

  protected copy(sampler: Sequence | TrueMeasure): GumbelCopula {
    const { marginals, theta } = this;
    return new GumbelCopula(sampler, { marginals, theta });
  }
}
