import { checkType, domainError, numericError, shapeError } from "@daily-kernel/compute";
import { TrueMeasure } from "../measures/true-measure.ts";
import type { Sequence } from "../sequences/sequence.ts";
import { type Periodization, periodize } from "./periodization.ts";

/** Lower and upper bounds of several numbers. */
export interface Bounds {
  lower: Float64Array;
  upper: Float64Array;
}

/** What an integrand is asked for besides the points. */
export interface EvaluateOptions {
  /** 1 for an output that is still needed, 0 for one that may be left 0; all are by default. */
  active?: Uint8Array;
  signal?: AbortSignal;
}

/** `EvaluateOptions` on the unit cube. */
export interface UnitCubeOptions extends EvaluateOptions {
  periodization?: Periodization;
}

/** Throws `ERR_DOMAIN` if points of the sampler cannot reach all of the measure that it stands for. */
function checkSupport(where: string, { sampler, range }: TrueMeasure): void {
  if (!(sampler instanceof TrueMeasure)) return;
  for (let j = 0; j < range.length; j += 2) {
    const [lower, upper] = [sampler.range[j]!, sampler.range[j + 1]!];
    if (lower > range[j]! || upper < range[j + 1]!) {
      throw domainError(
        `${where}: importance sampling needs points of all of [${range[j]}, ${range[j + 1]}] in ` +
          `coordinate ${j / 2}, the sampler has [${lower}, ${upper}]`,
      );
    }
  }
}

/**
 * A function g of a point of a true measure, with one or more outputs. What is wanted is the integral
 * of each, or a combination of these integrals (a ratio, a sensitivity index).
 */
export abstract class Integrand {
  readonly measure: TrueMeasure;
  /** Number of functions that are integrated. */
  readonly outputs: number;
  /** Number of solutions that `combine` makes of them. */
  readonly combinedOutputs: number;

  protected constructor(measure: TrueMeasure, outputs = 1, combinedOutputs = outputs) {
    checkType(measure instanceof TrueMeasure, new.target.name, "measure", "a TrueMeasure", measure);
    this.measure = measure;
    this.outputs = outputs;
    this.combinedOutputs = combinedOutputs;
    checkSupport(new.target.name, measure);
  }

  /** The sequence whose points `f` takes. */
  get sequence(): Sequence {
    return this.measure.sequence;
  }

  /** g at n rows x of the true measure: n x outputs, row-major. */
  protected abstract g(
    x: Float64Array,
    n: number,
    options: EvaluateOptions,
  ): Float64Array | Promise<Float64Array>;

  /**
   * The function on the unit cube whose integral is that of g: n x outputs for n rows u of
   * `sequence.dimension` numbers. A measure over another measure is integrated by importance
   * sampling; a periodization multiplies by its weight.
   *
   * @throws Error `ERR_NUMERIC` naming the first point where the function is not finite.
   */
  async f(u: Float64Array, n: number, options: UnitCubeOptions = {}): Promise<Float64Array> {
    const { periodization = "none", ...rest } = options;
    rest.signal?.throwIfAborted();
    const { x, weights } = periodize(periodization, u, n, this.sequence.dimension);
    const values = await this.#weigh(x, n, weights, rest);
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      throw numericError(
        `${this.constructor.name}: output ${bad % this.outputs} of point ` +
          `${Math.floor(bad / this.outputs)} is ${values[bad]}`,
      );
    }
    return values;
  }

  /** g where the rows u of the unit cube lie, times `weights` and the importance weights. */
  async #weigh(
    u: Float64Array,
    n: number,
    weights: Float64Array,
    options: EvaluateOptions,
  ): Promise<Float64Array> {
    const { measure, outputs } = this;
    const { sampler } = measure;
    if (!(sampler instanceof TrueMeasure)) {
      const values = await this.#checkedG(measure.transform(u, n), n, options);
      return values.map((value, k) => value * weights[Math.floor(k / outputs)]!);
    }
    const { x, jacobian } = sampler.weighted(u, n);
    const density = measure.weight(x, n);
    const values = await this.#checkedG(x, n, options);
    return values.map((value, k) => {
      const i = Math.floor(k / outputs);
      return value * density[i]! * jacobian[i]! * weights[i]!;
    });
  }

  async #checkedG(x: Float64Array, n: number, options: EvaluateOptions): Promise<Float64Array> {
    const values = await this.g(x, n, options);
    const where = `${this.constructor.name}.g`;
    checkType(values instanceof Float64Array, where, "its result", "a Float64Array", values);
    if (values.length !== n * this.outputs) {
      throw shapeError(
        `${where}: its result must hold ${n} x ${this.outputs} numbers, got ${values.length}`,
      );
    }
    return values;
  }

  /** Bounds of the combined solutions from bounds of the integrals; the identity by default. */
  combine(bounds: Bounds): Bounds {
    return bounds;
  }

  /** Which integrals (1) the combined solutions marked 1 in `needed` depend on. */
  dependency(needed: Uint8Array): Uint8Array {
    if (this.combinedOutputs === this.outputs) return needed;
    return new Uint8Array(this.outputs).fill(needed.includes(1) ? 1 : 0);
  }
}

/**
 * One level of a sequence of ever finer approximations, for multilevel rules: output 0 is the coarse
 * approximation (0 on level 0), output 1 the fine one, on the same point.
 */
export abstract class MultilevelIntegrand extends Integrand {
  readonly level: number;
  /** Cost of one evaluation on this level, in any unit that is the same on all levels. */
  abstract readonly cost: number;
  /** The finest level there is. */
  abstract readonly maxLevel: number;

  protected constructor(measure: TrueMeasure, level: number) {
    super(measure, 2);
    this.level = level;
  }

  /** The integrand of `level` on a sequence that is spawned from this one's. */
  protected abstract spawnLevel(level: number): MultilevelIntegrand;

  readonly #levels: MultilevelIntegrand[] = [];

  /** The integrand of a level on a sequence of its own, always the same one. */
  at(level: number): MultilevelIntegrand {
    // in rising order, so that a level's sequence does not depend on which was asked for first
    for (let l = this.#levels.length; l <= level; l++) this.#levels.push(this.spawnLevel(l));
    return this.#levels[level]!;
  }
}
