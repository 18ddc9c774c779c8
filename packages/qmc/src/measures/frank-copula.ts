import { domainError } from "@daily-kernel/compute";
import type { Sequence } from "../sequences/sequence.ts";
import { Copula, type CopulaOptions } from "./copula.ts";
import { solveFalling } from "./newton.ts";
import { one } from "./parameters.ts";
import type { TrueMeasure } from "./true-measure.ts";

export interface FrankCopulaOptions extends CopulaOptions {
  /** Dependence, not 0 and of at most 700; > 0 for more than two coordinates. */
  theta: number;
}

/**
 * Frank's copula. With alpha = 1 - exp(-theta) and q(v) = (1 - exp(-theta v)) / alpha, the derivatives
 * of its generator are polylogarithms of negative order of z = alpha q(v_1) ... q(v_d) (Hofert,
 * Maechler and McNeil 2012), and coordinates come one after another from ratios of them: in closed
 * form for the second, by Newton's method on log z for those after it.
 */
export class FrankCopula extends Copula {
  readonly theta: number;
  /** log(1 - exp(-|theta|)). */
  readonly #logAlpha: number;

  constructor(sampler: Sequence | TrueMeasure, options: FrankCopulaOptions) {
    super(sampler, options, ["theta"]);
    const ok = (t: number) => t !== 0 && Math.abs(t) <= 700;
    const theta = one("FrankCopula", "theta", options.theta, ok, "in [-700, 700] and not 0");
    if (theta < 0 && this.dimension > 2) {
      throw domainError(
        `FrankCopula: theta must be > 0 for more than 2 dimensions, got ${theta} for ` +
          `${this.dimension}`,
      );
    }
    this.theta = theta;
    this.#logAlpha = log1mExp(-Math.abs(theta));
  }

  protected depend(u: Float64Array, v: Float64Array): void {
    v[0] = u[0]!;
    if (this.theta < 0) {
      // With 1 - V for V theta changes its sign.
      if (u.length > 1) v[1] = 1 - second(-this.theta, u[0]!, 1 - u[1]!);
      return;
    }
    if (u.length > 1) v[1] = second(this.theta, u[0]!, u[1]!);
    let logZ = this.#logQ(v[0]!) + this.#logQ(v[1] ?? 1) + this.#logAlpha;
    for (let j = 2; j < u.length; j++) {
      const next = solvePolylog(j - 1, logZ, Math.log(u[j]!));
      // q(v) = z / z_before
      v[j] = -log1mExp(next - logZ + this.#logAlpha) / this.theta;
      logZ = next;
    }
  }

  protected logCopula(v: Float64Array): number {
    const d = v.length;
    if (this.theta < 0) return d === 1 ? 0 : logBivariate(-this.theta, v[0]!, 1 - v[1]!);
    const { theta } = this;
    let logZ = this.#logAlpha;
    let log = -Math.log(theta);
    for (let j = 0; j < d; j++) {
      const logQ = this.#logQ(v[j]!);
      logZ += logQ;
      // |phi'(v)| = theta exp(-theta v) / (1 - exp(-theta v))
      log += Math.log(theta) - theta * v[j]! - logQ - this.#logAlpha;
    }
    return log + logPolylog(d - 1, logZ);
  }

  /** log q(v), theta > 0. */
  #logQ(v: number): number {
    return log1mExp(-this.theta * v) - this.#logAlpha;
  }

  protected copy(sampler: Sequence | TrueMeasure): FrankCopula {
    const { marginals, theta } = this;
    return new FrankCopula(sampler, { marginals, theta });
  }
}

/** log(1 - exp(x)), x <= 0. */
const log1mExp = (x: number): number =>
  x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));

/** The v with P(V <= v | U = u) = w for theta > 0. */
function second(theta: number, u: number, w: number): number {
  // exp(-theta v) = ((1-w) e^(-theta u) + w e^(-theta)) / (w + (1-w) e^(-theta u))
  const e = Math.exp(-theta * u);
  const bottom = w + (1 - w) * e;
  const lost = (w * Math.expm1(-theta)) / bottom;
  if (lost > -0.5) return -Math.log1p(lost) / theta;
  return u - Math.log((1 - w + w * Math.exp(-theta * (1 - u))) / bottom) / theta;
}

/** log of the density in two dimensions, theta > 0. */
function logBivariate(theta: number, u: number, v: number): number {
  const logAlpha = log1mExp(-theta);
  const logZ = log1mExp(-theta * u) + log1mExp(-theta * v) - logAlpha;
  return Math.log(theta) - logAlpha - theta * (u + v) - 2 * log1mExp(logZ);
}

/** Coefficients of the Eulerian polynomial A_n: Li_-n(z) = z A_n(z) / (1 - z)^(n+1). */
const eulerian: number[][] = [[1], [1]];

function eulerianRow(n: number): number[] {
  for (let m = eulerian.length; m <= n; m++) {
    const before = eulerian[m - 1]!;
    eulerian.push(
      Array.from(
        { length: m },
        (_, k) => (k + 1) * (before[k] ?? 0) + (m - k) * (before[k - 1] ?? 0),
      ),
    );
  }
  return eulerian[n]!;
}

/** log Li_-n(z) of log z < 0. */
function logPolylog(n: number, logZ: number): number {
  const z = Math.exp(logZ);
  let sum = 0;
  const row = eulerianRow(n);
  for (let k = row.length - 1; k >= 0; k--) sum = sum * z + row[k]!;
  return logZ + Math.log(sum) - (n + 1) * log1mExp(logZ);
}

/** The log z with Li_-n(z) = w Li_-n(z_before); its slope in log z is Li_-(n+1) / Li_-n. */
function solvePolylog(n: number, logBefore: number, logW: number): number {
  const target = logPolylog(n, logBefore) + logW;
  const at = (y: number) => {
    const value = logPolylog(n, -Math.exp(y));
    const rise = Math.exp(logPolylog(n + 1, -Math.exp(y)) - value + y);
    return [value - target, -rise] as const;
  };
  // in the logarithm of -log z, which is larger than before
  const from = Math.log(-logBefore);
  const result = solveFalling(at, from, Math.max(from, 0) + 20, from);
  return -Math.exp(result);
}
