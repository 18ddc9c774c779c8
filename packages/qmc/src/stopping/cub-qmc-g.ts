import { checkType, dataError, domainError } from "@daily-kernel/compute";
import { checkFlag } from "../check-options.ts";
import type { Bounds, Integrand, UnitCubeOptions } from "../integrands/integrand.ts";
import {
  type ControlVariateOptions,
  type ControlVariates,
  controlVariates,
  fitCoefficients,
} from "./control-variates.ts";
import { type DoublingOptions, DoublingRule, type DoublingState } from "./doubling-rule.ts";
import { evaluate } from "./evaluate.ts";
import { updateKappa } from "./kappa-map.ts";
import {
  doubled,
  loadSpectrum,
  magnitude,
  plainSpectrum,
  type Spectrum,
  sizeOf,
  spectrumOf,
  subtract,
  type TransformKind,
} from "./spectrum.ts";

export interface CubQMCGOptions extends DoublingOptions, ControlVariateOptions {
  /**
   * Fits the coefficients of the control variates anew in every step, to the wavenumbers that the first
   * fit takes, in the order of the step; false by default.
   */
  updateBeta?: boolean;
  /** The inflation of the sum of coefficients that bounds the error; 5 * 2^-m by default. */
  fudge?: (m: number) => number;
  /** Checks a necessary condition of the guarantee, and flags `"cone-violated"`; false by default. */
  checkCone?: boolean;
}

/** What the rule keeps of one integral. */
interface Coefficients {
  /** Those of the integrand, then of every control variate. */
  spectra: Spectrum[];
  beta: number[];
  kappa: Uint32Array;
  coneLower: number[];
  coneUpper: number[];
}

interface State extends DoublingState {
  integrals: Coefficients[];
}

/** Levels between the coefficients that are summed and the finest ones (r in the papers). */
const LAG = 4;

const defaultFudge = (m: number) => 5 * 2 ** -m;

/**
 * Guaranteed integration on a lattice or a net in base 2: the error is bounded by a sum of discrete
 * Fourier or Walsh coefficients, which tells the true one for all integrands in a cone whose
 * coefficients decay without surprises (Hickernell and Jimenez Rugama 2016; Jimenez Rugama and
 * Hickernell 2016).
 */
export abstract class CubQMCG extends DoublingRule<State> {
  readonly #kind: TransformKind;
  readonly #variates: ControlVariates;
  readonly #updateBeta: boolean;
  readonly #fudge: (m: number) => number;
  readonly #checkCone: boolean;
  readonly #coneStart: number;

  protected constructor(
    name: string,
    integrand: Integrand,
    options: CubQMCGOptions,
    structure: TransformKind,
    ownOptions: readonly string[] = [],
  ) {
    super(
      name,
      integrand,
      options,
      { absTol: 1e-2, nInit: 2 ** 10, nInitMin: 2 ** 8, nLimit: 2 ** 25, nLimitMax: 2 ** 25 },
      [
        ...["controlVariates", "controlVariateMeans", "updateBeta", "fudge", "checkCone"],
        ...ownOptions,
      ],
    );
    const { sequence } = integrand;
    const { updateBeta = false, fudge = defaultFudge, checkCone = false } = options;
    if (sequence.structure !== structure) {
      throw domainError(
        `${name}: the sequence must be a ${structure} in natural order that is ` +
          `${structure === "net" ? "scrambled linearly or shifted digitally" : "shifted"}, ` +
          `got one of structure "${sequence.structure}"`,
      );
    }
    if (sequence.replications !== 1) {
      throw domainError(
        `${name}: the sequence must have 1 replication, got ${sequence.replications}`,
      );
    }
    checkType(typeof fudge === "function", name, "fudge", "a function", fudge);
    checkFlag(name, "updateBeta", updateBeta);
    checkFlag(name, "checkCone", checkCone);
    this.#kind = structure;
    this.#variates = controlVariates(name, integrand, options);
    this.#updateBeta = updateBeta;
    this.#fudge = fudge;
    this.#checkCone = checkCone;
    this.#coneStart = Math.log2(this.nInit) - LAG;
  }

  protected override begin(): State {
    const { outputs } = this.integrand;
    const integrals = Array.from({ length: outputs }, () => ({
      spectra: [],
      beta: [],
      kappa: new Uint32Array(0),
      coneLower: [],
      coneUpper: [],
    }));
    return { counts: new Array<number>(outputs).fill(0), integrals };
  }

  /** The outputs of the integrand and, beside them, of every control variate. */
  protected override async evaluate(nMin: number, nMax: number, options: UnitCubeOptions) {
    const { integrand } = this;
    const values = await evaluate(integrand, nMin, nMax, options);
    const variates = this.#variates.integrands;
    if (variates.length === 0) return values;
    const { outputs } = integrand;
    const width = outputs * (1 + variates.length);
    const all = new Float64Array((nMax - nMin) * width);
    for (const [j, part] of [
      values,
      ...(await Promise.all(variates.map((cv) => evaluate(cv, nMin, nMax, options)))),
    ].entries()) {
      for (let i = 0; i < nMax - nMin; i++) {
        all.set(part.subarray(i * outputs, (i + 1) * outputs), i * width + j * outputs);
      }
    }
    return all;
  }

  protected override absorb(
    state: State,
    nMin: number,
    nMax: number,
    values: Float64Array,
    active: Uint8Array,
  ): void {
    const { outputs } = this.integrand;
    const variates = this.#variates.integrands.length;
    const width = outputs * (1 + variates);
    for (let k = 0; k < outputs; k++) {
      if (!active[k]) continue;
      const held = state.integrals[k]!;
      const spectra = Array.from({ length: 1 + variates }, (_, j) => {
        const column = new Float64Array(nMax - nMin);
        for (let i = 0; i < column.length; i++) column[i] = values[i * width + j * outputs + k]!;
        const next = spectrumOf(this.#kind, column);
        return nMin === 0 ? next : doubled(this.#kind, held.spectra[j]!, next);
      });
      state.integrals[k] = this.#ordered(held, spectra);
    }
  }

  /** The coefficients of the control variates and the order of the wavenumbers, brought up to date. */
  #ordered(held: Coefficients, spectra: Spectrum[]): Coefficients {
    const [own, ...others] = spectra as [Spectrum, ...Spectrum[]];
    const n = sizeOf(own);
    const m = Math.log2(n);
    const first = held.kappa.length === 0;
    const identity = () => Uint32Array.from({ length: n }, (_, k) => k);
    let { beta } = held;
    let kappa: Uint32Array;
    if (first) {
      kappa = identity();
      updateKappa(kappa, own, m - 1, 0);
      if (others.length > 0) {
        beta = fitCoefficients(own, others, kappa, 2 ** (m - LAG - 1));
        kappa = identity();
        updateKappa(kappa, subtract(own, others, beta), m - 1, 0);
      }
    } else {
      kappa = new Uint32Array(n);
      kappa.set(held.kappa);
      kappa.set(
        held.kappa.map((k) => k + n / 2),
        n / 2,
      );
      if (this.#updateBeta && others.length > 0) {
        beta = fitCoefficients(own, others, kappa, 2 ** (m - LAG - 1));
      }
      updateKappa(kappa, this.#adjusted(spectra, beta), m - 1, m - LAG - 1);
    }
    const next = { ...held, spectra, beta, kappa };
    return this.#checkCone ? this.#withCone(next) : next;
  }

  #adjusted([own, ...others]: Spectrum[], beta: number[]): Spectrum {
    return others.length > 0 ? subtract(own!, others, beta) : own!;
  }

  /**
   * The sum of the coefficients of wavenumbers kappa(2^(l-1)), ..., kappa(2^l - 1), scaled so that
   * coefficient 0 is the mean.
   */
  #sum(spectrum: Spectrum, kappa: Uint32Array, l: number): number {
    let sum = 0;
    for (let k = 2 ** (l - 1); k < 2 ** l; k++) sum += magnitude(spectrum, kappa[k]!);
    return sum / Math.sqrt(kappa.length);
  }

  #withCone(held: Coefficients): Coefficients {
    const spectrum = this.#adjusted(held.spectra, held.beta);
    const m = Math.log2(held.kappa.length);
    const coneLower: number[] = [];
    const coneUpper: number[] = [];
    for (let l = this.#coneStart; l <= m; l++) {
      const fudge = this.#fudge;
      const c = ((fudge(m - l) / (1 + fudge(LAG))) * 2 ** LAG) / 2 ** (m - l);
      const sum = this.#sum(spectrum, held.kappa, l);
      const at = l - this.#coneStart;
      coneLower.push(Math.max(held.coneLower[at] ?? 0, sum / (1 + c)));
      const before = held.coneUpper[at] ?? Number.MAX_VALUE;
      coneUpper.push(c < 1 ? Math.min(before, sum / (1 - c)) : before);
    }
    return { ...held, coneLower, coneUpper };
  }

  protected override flags({ integrals }: State): string[] {
    const violated = integrals.some(({ coneLower, coneUpper }) =>
      coneLower.some((low, l) => low > coneUpper[l]!),
    );
    return violated ? ["cone-violated"] : [];
  }

  protected override bounds(state: State): Bounds {
    const { outputs } = this.integrand;
    const [lower, upper] = [new Float64Array(outputs), new Float64Array(outputs)];
    for (const [k, { spectra, beta, kappa }] of state.integrals.entries()) {
      const spectrum = this.#adjusted(spectra, beta);
      const m = Math.log2(kappa.length);
      const half = this.#fudge(m) * this.#sum(spectrum, kappa, m - LAG);
      const known = beta.reduce((sum, b, j) => sum + b * this.#variates.means[j]![k]!, 0);
      const mean = spectrum.re[0]! / Math.sqrt(kappa.length) + known;
      lower[k] = mean - half;
      upper[k] = mean + half;
    }
    return { lower, upper };
  }

  protected override settings(): Record<string, unknown> {
    const controlVariates = this.#variates.means;
    return { ...super.settings(), periodization: this.periodization, controlVariates };
  }

  protected override save({ counts, integrals }: State) {
    const plain = integrals.map((held) => ({
      ...held,
      spectra: held.spectra.map(plainSpectrum),
      kappa: [...held.kappa],
    }));
    return { counts, integrals: plain };
  }

  protected override load(data: Record<string, unknown>): State {
    const { counts, integrals } = data as Partial<{ counts: number[]; integrals: Coefficients[] }>;
    const { outputs } = this.integrand;
    const whole = integrals?.every(
      ({ kappa, spectra }, k) =>
        kappa.length === counts?.[k] && spectra.every(({ re }) => re.length === kappa.length),
    );
    if (counts?.length !== outputs || integrals?.length !== outputs || !whole) {
      throw dataError(`${this.name}: resume holds no coefficients of ${outputs} integrals`);
    }
    return {
      counts: [...counts],
      integrals: integrals.map((held) => ({
        ...held,
        spectra: held.spectra.map(loadSpectrum),
        kappa: Uint32Array.from(held.kappa),
      })),
    };
  }
}
