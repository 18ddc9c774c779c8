import { checkObject, domainError } from "@daily-kernel/compute";
import { checkNumber, isPositive, knownOptions } from "../check-options.ts";
import { GeometricBrownianMotion } from "../measures/geometric-brownian-motion.ts";
import type { Sampler } from "../measures/true-measure.ts";
import { blackScholes, geometricAsian } from "./exact-price.ts";
import { Integrand, MultilevelIntegrand } from "./integrand.ts";
import { type Payoff, type PayoffOptions, payoffOf } from "./payoff.ts";

export interface FinancialOptionOptions extends PayoffOptions {
  /** Annual volatility; 0.5 by default. */
  volatility?: number;
  /** Annual interest rate, continuously compounded; 0 by default. */
  interestRate?: number;
  /** Years to expiry; 1 by default. */
  tFinal?: number;
  decomposition?: "PCA" | "Cholesky" | "BrownianBridge";
}

type Complete = Required<FinancialOptionOptions>;

const defaults: Complete = {
  option: "asian",
  callPut: "call",
  startPrice: 30,
  strikePrice: 35,
  asianMean: "arithmetic",
  asianRule: "trapezoidal",
  barrierInOut: "in",
  barrierPrice: 38,
  digitalPayout: 10,
  volatility: 0.5,
  interestRate: 0,
  tFinal: 1,
  decomposition: "PCA",
};

const choices = {
  option: ["asian", "european", "barrier", "lookback", "digital"],
  callPut: ["call", "put"],
  asianMean: ["arithmetic", "geometric"],
  asianRule: ["trapezoidal", "right"],
  barrierInOut: ["in", "out"],
} as const;

const positive = [
  "startPrice",
  "strikePrice",
  "barrierPrice",
  "digitalPayout",
  "volatility",
  "tFinal",
] as const;

function complete(where: string, options: FinancialOptionOptions): Complete {
  knownOptions(where, options, Object.keys(defaults));
  const all: Complete = { ...defaults, ...options };
  for (const [name, allowed] of Object.entries(choices)) {
    const value = all[name as keyof typeof choices];
    if (!(allowed as readonly string[]).includes(value)) {
      throw domainError(`${where}: ${name} must be one of ${allowed.join(", ")}, got ${value}`);
    }
  }
  for (const name of positive) {
    checkNumber(where, name, all[name], "positive and finite", isPositive);
  }
  checkNumber(where, "interestRate", all.interestRate);
  return all;
}

const measureOf = (sampler: Sampler, options: Complete) =>
  new GeometricBrownianMotion(sampler, {
    tFinal: options.tFinal,
    initialValue: options.startPrice,
    drift: options.interestRate,
    diffusion: options.volatility ** 2,
    decomposition: options.decomposition,
  });

const discountOf = ({ interestRate, tFinal }: Complete) => Math.exp(-interestRate * tFinal);

/**
 * The discounted payoff of an option on a geometric Brownian motion, watched at d equal steps, d being
 * the sampler's dimension: Asian, European, barrier, lookback or digital.
 */
export class FinancialOption extends Integrand {
  readonly options: Readonly<Complete>;
  readonly #payoff: Payoff;

  constructor(sampler: Sampler, options: FinancialOptionOptions = {}) {
    const all = complete("FinancialOption", options);
    super(measureOf(sampler, all));
    this.options = all;
    this.#payoff = payoffOf(all);
  }

  protected override g(prices: Float64Array, n: number): Float64Array {
    const count = this.measure.dimension;
    const discount = discountOf(this.options);
    return new Float64Array(n).map(
      (_, i) => discount * this.#payoff({ prices, first: i * count, stride: 1, count }),
    );
  }

  /**
   * The fair price where a formula is known: European options (Black and Scholes), and Asian ones with
   * a geometric mean by the right rule (Kemna and Vorst, d dates).
   *
   * @throws RangeError `ERR_DOMAIN` for other options.
   */
  exactValue(): number {
    const { option, asianMean, asianRule } = this.options;
    if (option === "european") return blackScholes(this.options);
    if (option === "asian" && asianMean === "geometric" && asianRule === "right") {
      return geometricAsian(this.options, this.measure.dimension);
    }
    throw domainError(
      `FinancialOption.exactValue: no formula is known for this ${option} option; there is one for ` +
        `option "european", and for "asian" with asianMean "geometric" and asianRule "right"`,
    );
  }
}

export interface MultilevelOptionOptions extends FinancialOptionOptions {
  /** 0 by default. */
  level?: number;
  /** Steps of the path on level 0, a power of two; 2 by default. Each level doubles them. */
  coarsestDimension?: number;
}

/**
 * A level of a `FinancialOption`: the payoff of the path with `coarsestDimension * 2^level` steps, and
 * beside it that of every other step.
 */
export class MultilevelOption extends MultilevelIntegrand {
  readonly options: Readonly<Complete>;
  readonly coarsestDimension: number;
  readonly cost: number;
  readonly maxLevel: number;
  readonly #payoff: Payoff;

  constructor(sampler: Sampler, options: MultilevelOptionOptions = {}) {
    checkObject("MultilevelOption", "options", options);
    const { level = 0, coarsestDimension = 2, ...rest } = options;
    const all = complete("MultilevelOption", rest);
    if (!(Number.isInteger(level) && level >= 0)) {
      throw domainError(`MultilevelOption: level must be a whole number >= 0, got ${level}`);
    }
    if (!(coarsestDimension >= 1 && Number.isInteger(Math.log2(coarsestDimension)))) {
      throw domainError(
        `MultilevelOption: coarsestDimension must be a power of two, got ${coarsestDimension}`,
      );
    }
    const steps = coarsestDimension * 2 ** level;
    if (sampler.dimension !== steps) {
      throw domainError(
        `MultilevelOption: the sampler of level ${level} must have dimension ${steps}, ` +
          `got ${sampler.dimension}`,
      );
    }
    super(measureOf(sampler, all), level);
    this.options = all;
    this.coarsestDimension = coarsestDimension;
    this.cost = steps;
    this.maxLevel = Math.floor(Math.log2(21201 / coarsestDimension));
    this.#payoff = payoffOf(all);
  }

  protected override g(prices: Float64Array, n: number): Float64Array {
    const count = this.measure.dimension;
    const discount = discountOf(this.options);
    const values = new Float64Array(2 * n);
    for (let i = 0; i < n; i++) {
      const first = i * count;
      if (this.level > 0) {
        const coarse = { prices, first: first + 1, stride: 2, count: count / 2 };
        values[2 * i] = discount * this.#payoff(coarse);
      }
      values[2 * i + 1] = discount * this.#payoff({ prices, first, stride: 1, count });
    }
    return values;
  }

  protected override spawnLevel(level: number): MultilevelOption {
    const { coarsestDimension } = this;
    const [sampler] = this.measure.sampler.spawn([coarsestDimension * 2 ** level]);
    return new MultilevelOption(sampler!, { ...this.options, level, coarsestDimension });
  }
}
