import {
  dataError,
  domainError,
  type Matrix,
  matrix,
  Rng,
  shapeError,
} from "@daily-kernel/compute";
import { GaussianProcess, type Kernel } from "@daily-kernel/kernels";
import type { Integrand } from "../integrands/integrand.ts";
import { evaluate } from "./evaluate.ts";
import { ErrorNodes } from "./pfgpci-nodes.ts";
import { checkPFGPCI, type PFGPCIOptions } from "./pfgpci-options.ts";
import type { Suggester } from "./pfgpci-suggesters.ts";
import {
  extendSurrogate,
  type Fitting,
  fitSurrogate,
  meanSquare,
  type Refit,
  type Surrogate,
  startingBounds,
  startingKernel,
} from "./pfgpci-surrogate.ts";
import { type Step, StoppingCriterion } from "./stopping-criterion.ts";
import { Tolerance } from "./tolerance.ts";

export type { PFGPCIOptions } from "./pfgpci-options.ts";

interface State {
  /** Points on the unit cube, n x d, and g there, in order. */
  x: number[];
  y: number[];
  /** Hyper-parameters of the process, and how many observations they were fitted to. */
  parameters: number[];
  fittedAt: number;
}

/**
 * The probability of failure P(g >= threshold), or P(g <= threshold), of an expensive function g of the
 * points of a measure, from a Gaussian process that is refined where it may be wrong about failure
 * (Sorokin and Rao 2023, "Credible intervals for probability of failure with Gaussian processes").
 *
 * The estimate is the share of the unit cube where the process finds failure likelier than not. Its mean
 * probability of being wrong there, over alpha, bounds the error with posterior probability 1 - alpha
 * (Markov's inequality); the error of that cubature, known from replications at the same level, is
 * added. The interval can only be as right as the process: it is no guarantee for a g that does not look
 * like one of its paths.
 *
 * Flags: `"surprised"` if the last observations were over four deviations from what the process expected,
 * which does not count as converged; `"cubature"`, and the end, if what is left of the error is that of
 * the cubature (raise `nApprox`).
 */
export class PFGPCI extends StoppingCriterion<State> {
  override readonly name = "PFGPCI";
  readonly tolerance: Tolerance;
  readonly failureThreshold: number;
  readonly failureAboveThreshold: boolean;
  readonly nInit: number;
  readonly nLimit: number;
  readonly nBatch: number;
  readonly nApprox: number;
  readonly alpha: number;
  readonly #seed: number | bigint;
  readonly #suggester: Suggester;
  readonly #refit: Refit;
  readonly #kernel: Kernel | undefined;
  readonly #noise: number | undefined;
  readonly #samples: PFGPCIOptions["initSamples"];

  constructor(integrand: Integrand, options: PFGPCIOptions = {}) {
    super(integrand);
    const checked = checkPFGPCI(integrand, options);
    this.tolerance = new Tolerance("PFGPCI", options, 1, 5e-3);
    this.failureThreshold = checked.failureThreshold;
    this.failureAboveThreshold = checked.failureAboveThreshold;
    this.nInit = checked.nInit;
    this.nLimit = checked.nLimit;
    this.nBatch = checked.nBatch;
    this.nApprox = checked.nApprox;
    this.alpha = checked.alpha;
    this.#seed = checked.seed;
    this.#suggester = checked.suggester;
    this.#refit = checked.refit;
    this.#kernel = checked.kernel;
    this.#noise = checked.noise;
    this.#samples = checked.initSamples;
  }

  protected override begin(): State {
    return { x: [], y: [], parameters: [], fittedAt: 0 };
  }

  protected override async *steps(
    state: State,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Step> {
    const d = this.integrand.sequence.dimension;
    if (state.y.length === 0) await this.#start(state, signal);
    let surrogate = this.#surrogate(state);
    const nodes = new ErrorNodes(d, this.nApprox, this.#seed);
    await nodes.condition(surrogate.process, signal);
    const fitting = this.#fitting(this.#margins(state.y), signal);
    for (;;) {
      const { step, hopeless } = this.#step(surrogate, nodes);
      yield step;
      const room = this.nLimit - state.y.length;
      if (step.met[0] === 1 || hopeless || room <= 0) return;

      const x = await this.#suggest(
        state.y.length,
        Math.min(this.nBatch, room),
        surrogate,
        nodes,
        signal,
      );
      const y = await this.integrand.f(x.data, x.rows, signal ? { signal } : {});
      const before = surrogate;
      surrogate = await extendSurrogate(before, x, this.#margins(y), fitting);
      if (surrogate.fittedAt === before.fittedAt) {
        await nodes.extend(before.process, surrogate.process, signal);
      } else {
        await nodes.condition(surrogate.process, signal);
      }
      state.x.push(...x.data);
      state.y.push(...y);
      this.#keep(state, surrogate);
    }
  }

  /** How far into failure the values are: failure is a margin >= 0. */
  #margins(y: ArrayLike<number>): Float64Array {
    const sign = this.failureAboveThreshold ? 1 : -1;
    return Float64Array.from(y, (v) => sign * (v - this.failureThreshold));
  }

  async #start(state: State, signal?: AbortSignal): Promise<void> {
    const { nInit } = this;
    const d = this.integrand.sequence.dimension;
    const { x: points, y } = this.#samples ?? (await this.#firstSamples(signal));
    const margins = this.#margins(y);
    const x = matrix(nInit, d, points.data.slice());
    const kernel = this.#kernel ?? startingKernel(d, margins);
    const noise = this.#noiseOf(margins);
    const surrogate =
      this.#refit === "never"
        ? {
            process: GaussianProcess.fit(kernel, x, margins, { noise }),
            fittedAt: nInit,
            surprised: false,
          }
        : await fitSurrogate(kernel, x, margins, noise, {
            ...this.#fitting(margins, signal),
            restarts: 2,
          });
    state.x = [...x.data];
    state.y = Array.from(y);
    this.#keep(state, surrogate);
  }

  async #firstSamples(signal?: AbortSignal): Promise<{ x: Matrix; y: Float64Array }> {
    const { integrand, nInit } = this;
    const y = await evaluate(integrand, 0, nInit, signal ? { signal } : {});
    const { data, dimension } = integrand.sequence.points({ nMax: nInit });
    return { x: matrix(nInit, dimension, data), y };
  }

  #keep(state: State, { process, fittedAt }: Surrogate): void {
    state.parameters = [...process.kernel.parameters];
    state.fittedAt = fittedAt;
  }

  /** Bounds are the same in a run and after it was resumed: they depend on the first margins. */
  #fitting(margins: Float64Array, signal?: AbortSignal): Fitting {
    const d = this.integrand.sequence.dimension;
    const first = margins.subarray(0, this.nInit);
    const bounds = this.#kernel ? {} : startingBounds(startingKernel(d, first));
    return { refit: this.#refit, bounds, signal };
  }

  /** 1e-11 of the mean square of the first margins: next to none, but it keeps the matrices regular. */
  #noiseOf(margins: Float64Array): number {
    return this.#noise ?? 1e-11 * meanSquare(margins.subarray(0, this.nInit));
  }

  /** The process that a state describes. */
  #surrogate(state: State): Surrogate {
    const d = this.integrand.sequence.dimension;
    const y = this.#margins(state.y);
    const kernel = (this.#kernel ?? startingKernel(d, y)).withParameters(state.parameters);
    const x = matrix(y.length, d, state.x);
    const process = GaussianProcess.fit(kernel, x, y, { noise: this.#noiseOf(y) });
    return { process, fittedAt: state.fittedAt, surprised: false };
  }

  async #suggest(
    n: number,
    count: number,
    { process }: Surrogate,
    nodes: ErrorNodes,
    signal?: AbortSignal,
  ): Promise<Matrix> {
    const rng = new Rng(this.#seed, "PFGPCI").spawn(n);
    const worst = (most: number) => nodes.worst(most);
    const suggested = n - this.nInit;
    const options = { process, rng, suggested, worst, ...(signal && { signal }) };
    const x = await this.#suggester.suggest(count, options);
    const d = this.integrand.sequence.dimension;
    if (x.rows !== count || x.cols !== d || x.data.length !== count * d) {
      throw shapeError(
        `PFGPCI: the suggester must give ${count} points of ${d} coordinates, ` +
          `got ${x.rows} of ${x.cols}`,
      );
    }
    const bad = x.data.findIndex((v) => !(v >= 0 && v < 1));
    if (bad >= 0) {
      throw domainError(`PFGPCI: the suggester's points must be in [0, 1), got ${x.data[bad]}`);
    }
    return x;
  }

  #step({ process, surprised }: Surrogate, nodes: ErrorNodes): { step: Step; hopeless: boolean } {
    const { tolerance, alpha } = this;
    const { estimate, misjudged, cubature } = nodes.failure(alpha);
    const credible = misjudged / alpha;
    const lower = Math.max(0, estimate - credible - cubature);
    const upper = Math.min(1, estimate + credible + cubature);
    const within =
      estimate - lower <= tolerance.allowed(0, lower) &&
      upper - estimate <= tolerance.allowed(0, upper);
    // more observations cannot help where the nodes are too few
    const hopeless = !within && credible <= cubature / 4;
    const step = {
      n: process.y.length,
      solution: Float64Array.of(estimate),
      bounds: { lower: Float64Array.of(lower), upper: Float64Array.of(upper) },
      met: Uint8Array.of(within && !surprised ? 1 : 0),
      flags: [...(surprised ? ["surprised"] : []), ...(hopeless ? ["cubature"] : [])],
    };
    return { step, hopeless };
  }

  protected override settings(): Record<string, unknown> {
    const { failureThreshold, failureAboveThreshold, nInit } = this;
    const { dimension } = this.integrand.sequence;
    const kernel = this.#kernel?.parameterNames ?? "default";
    return { dimension, failureThreshold, failureAboveThreshold, nInit, kernel };
  }

  protected override save(state: State): Record<string, unknown> {
    return structuredClone({ ...state });
  }

  protected override load(data: Record<string, unknown>): State {
    const { x, y, parameters, fittedAt } = data as Partial<State>;
    const d = this.integrand.sequence.dimension;
    const finite = (a?: number[]) => Array.isArray(a) && a.every(Number.isFinite);
    const whole = finite(x) && finite(y) && finite(parameters) && Number.isSafeInteger(fittedAt);
    if (!whole || y!.length < this.nInit || x!.length !== y!.length * d) {
      throw dataError("PFGPCI: resume holds no observations");
    }
    return structuredClone({ x: x!, y: y!, parameters: parameters!, fittedAt: fittedAt! });
  }
}
