import { dataError, domainError, matrix } from "@daily-kernel/compute";
import { inverseNormalCdf } from "@daily-kernel/special";
import type { Bounds, Integrand } from "../integrands/integrand.ts";
import { StudentDistribution } from "../measures/student-distribution.ts";
import { brentMinimise } from "./brent-minimise.ts";
import { type DoublingOptions, DoublingRule, type DoublingState } from "./doubling-rule.ts";
import { individualAlphas } from "./individual-alphas.ts";
import {
  doubled,
  loadSpectrum,
  plainSpectrum,
  type Spectrum,
  spectrumOf,
  type TransformKind,
} from "./spectrum.ts";

export interface CubQMCBayesOptions extends DoublingOptions {
  /** Uncertainty: every solution is in its credible interval with probability 1 - alpha; 0.01. */
  alpha?: number;
  /**
   * How the prior is fitted: by maximum likelihood (`"MLE"`, the default), with the mean and variance
   * integrated out (`"full"`), or by generalised cross-validation (`"GCV"`).
   */
  errorBound?: "MLE" | "full" | "GCV";
}

interface State extends DoublingState {
  spectra: (Spectrum | undefined)[];
}

/** A kernel 1 + (k - 1) whose Gram matrix on the points the rule's transform diagonalises. */
export interface StationaryKernel {
  gramMinusScale(
    x: ReturnType<typeof matrix>,
    z: ReturnType<typeof matrix>,
  ): { data: Float64Array };
}

/** Logarithms of the shape parameters that are tried. */
const SHAPES = [-5, 0] as const;
/** Eigenvalues below this part of the largest kernel value are rounding errors. */
const NEGLIGIBLE = 100 * Number.EPSILON;

/**
 * Bayesian integration: the integrand is a draw of a Gaussian process whose covariance the points
 * diagonalise, its mean, variance and shape are fitted to the values, and the integral has a credible
 * interval, in O(n log n) (Jagadeeswaran and Hickernell 2019, 2022).
 */
export abstract class CubQMCBayes extends DoublingRule<State> {
  readonly #kind: TransformKind;
  readonly #alphas: Float64Array;
  readonly #errorBound: "MLE" | "full" | "GCV";

  protected constructor(
    name: string,
    integrand: Integrand,
    options: CubQMCBayesOptions,
    structure: TransformKind,
    ownOptions: readonly string[] = [],
  ) {
    super(
      name,
      integrand,
      options,
      {
        absTol: 1e-2,
        nInit: 2 ** 8,
        nInitMin: 4,
        nLimit: 2 ** 22,
        nLimitMax: 2 ** 25,
      },
      ["alpha", "errorBound", ...ownOptions],
    );
    const { alpha = 0.01, errorBound = "MLE" } = options;
    const { sequence } = integrand;
    if (sequence.structure !== structure || sequence.replications !== 1) {
      throw domainError(
        `${name}: the sequence must be a ${structure} in natural order with 1 replication, got ` +
          `structure "${sequence.structure}" with ${sequence.replications}`,
      );
    }
    if (!["MLE", "full", "GCV"].includes(errorBound)) {
      throw domainError(`${name}: errorBound must be "MLE", "full" or "GCV", got ${errorBound}`);
    }
    this.#kind = structure;
    this.#alphas = individualAlphas(name, integrand, alpha);
    this.#errorBound = errorBound;
  }

  /** The kernel with shape theta. */
  protected abstract kernel(theta: number): StationaryKernel;

  protected override begin(): State {
    const { outputs } = this.integrand;
    return { counts: new Array<number>(outputs).fill(0), spectra: new Array(outputs) };
  }

  protected override absorb(
    state: State,
    nMin: number,
    nMax: number,
    values: Float64Array,
    active: Uint8Array,
  ): void {
    const { outputs } = this.integrand;
    for (let k = 0; k < outputs; k++) {
      if (!active[k]) continue;
      const column = new Float64Array(nMax - nMin);
      for (let i = 0; i < column.length; i++) column[i] = values[i * outputs + k]!;
      const next = spectrumOf(this.#kind, column);
      state.spectra[k] = nMin === 0 ? next : doubled(this.#kind, state.spectra[k]!, next);
    }
  }

  protected override bounds({ counts, spectra }: State): Bounds {
    const { outputs } = this.integrand;
    const [lower, upper] = [new Float64Array(outputs), new Float64Array(outputs)];
    for (let k = 0; k < outputs; k++) {
      const { mean, half } = this.#credible(spectra[k]!, counts[k]!, this.#alphas[k]!);
      lower[k] = mean - half;
      upper[k] = mean + half;
    }
    return { lower, upper };
  }

  /** Mean and half width of the credible interval of one integral. */
  #credible({ re, im }: Spectrum, n: number, alpha: number): { mean: number; half: number } {
    const mean = re[0]! / Math.sqrt(n);
    const power = re.map((value, k) => value ** 2 + (im ? im[k]! ** 2 : 0));
    const d = this.integrand.sequence.dimension;
    const points = matrix(n, d, this.integrand.sequence.points({ nMax: n }).data);
    const first = matrix(1, d, points.data.slice(0, d));
    const cross = this.#errorBound === "GCV";
    const fit = (logTheta: number) => {
      // k - 1 without cancellation, so that 1 - n / lambda_0 keeps its digits
      const column = this.kernel(Math.exp(logTheta)).gramMinusScale(points, first).data;
      const eigenvalues = spectrumOf(this.#kind, column).re.map((value) => value * Math.sqrt(n));
      const floor = NEGLIGIBLE * column.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
      let [logs, energy, trace] = [0, 0, 0];
      for (let k = 0; k < n; k++) {
        const lambda = Math.abs(eigenvalues[k]! + (k === 0 ? n : 0));
        if (lambda <= floor) continue;
        logs += Math.log(lambda);
        trace += 1 / lambda;
        if (k > 0) energy += power[k]! / (cross ? lambda ** 2 : lambda);
      }
      return { ring: Math.abs(eigenvalues[0]!), logs, energy, trace };
    };
    const loss = (logTheta: number) => {
      const { logs, energy, trace } = fit(logTheta);
      const logEnergy = Math.log(energy || Number.MIN_VALUE);
      return cross ? logEnergy - 2 * Math.log(trace) : logs + n * logEnergy;
    };
    const { ring, energy, trace } = fit(brentMinimise(loss, ...SHAPES, 1e-2));
    if (this.#errorBound === "full") {
      const quantile = -new StudentDistribution(n - 1).quantile(alpha / 2);
      return { mean, half: quantile * Math.sqrt(((ring / n) * energy) / (n - 1)) };
    }
    const discrepancy = ring / (n + ring);
    const scale = cross ? energy / trace : energy / n;
    return { mean, half: -inverseNormalCdf(alpha / 2) * Math.sqrt(discrepancy * scale) };
  }

  protected override settings(): Record<string, unknown> {
    return { ...super.settings(), periodization: this.periodization };
  }

  protected override save({ counts, spectra }: State) {
    return { counts, spectra: spectra.map((spectrum) => spectrum && plainSpectrum(spectrum)) };
  }

  protected override load(data: Record<string, unknown>): State {
    const { counts, spectra } = data as Partial<{
      counts: number[];
      spectra: { re: number[]; im?: number[] }[];
    }>;
    const { outputs } = this.integrand;
    const whole = spectra?.every(({ re }, k) => re.length === counts?.[k]);
    if (counts?.length !== outputs || spectra?.length !== outputs || !whole) {
      throw dataError(`${this.name}: resume holds no coefficients of ${outputs} integrals`);
    }
    return { counts: [...counts], spectra: spectra.map(loadSpectrum) };
  }
}
