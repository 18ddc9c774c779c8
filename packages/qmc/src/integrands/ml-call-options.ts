import { domainError } from "@daily-kernel/compute";
import { normalCdf } from "@daily-kernel/special";
import { checkNumber, isPositive, knownOptions } from "../check-options.ts";
import { Gaussian } from "../measures/gaussian.ts";
import type { Sampler } from "../measures/true-measure.ts";
import { MultilevelIntegrand } from "./integrand.ts";

const payoffs = ["european", "asian", "lookback", "digital", "barrier"] as const;

export interface MLCallOptionsOptions {
  option?: (typeof payoffs)[number];
  /** Annual volatility; 0.2 by default. */
  volatility?: number;
  /** Start and strike price alike; 100 by default. */
  price?: number;
  /** Annual rate; 0.05 by default. */
  interestRate?: number;
  /** Years; 1 by default. */
  tFinal?: number;
  /** The down-and-out barrier as a fraction of the price; 0.85 by default. */
  barrier?: number;
  level?: number;
}

const defaults = {
  option: "european" as const,
  volatility: 0.2,
  price: 100,
  interestRate: 0.05,
  tFinal: 1,
  barrier: 0.85,
};

/** One path under the Milstein scheme, with what its payoff needs of the path between the dates. */
class MilsteinPath {
  price: number;
  /** Price and volatility times price before the last step. */
  before = 0;
  spread = 0;
  area = 0;
  minimum: number;
  survival = 1;
  readonly rate: number;
  readonly volatility: number;
  readonly barrier: number;

  constructor(price: number, rate: number, volatility: number, barrier: number) {
    this.price = price;
    this.minimum = price;
    this.rate = rate;
    this.volatility = volatility;
    this.barrier = barrier;
  }

  /** A step of length h with Brownian increment dw; `areaNoise` is added to the mean of the path. */
  step(h: number, dw: number, areaNoise: number): void {
    const { price, rate, volatility } = this;
    this.before = price;
    this.spread = volatility * price;
    this.price =
      price * (1 + rate * h + volatility * dw + 0.5 * volatility * volatility * (dw * dw - h));
    this.area += 0.5 * h * (price + this.price) + this.spread * areaNoise;
  }

  /**
   * Takes in the extreme of a Brownian bridge of length h from `from` to `to` with volatility
   * `spread`: its minimum by inversion of `logUniform`, and the chance that it stays over the barrier.
   */
  bridge(from: number, to: number, h: number, logUniform: number): void {
    const variance = h * this.spread * this.spread;
    const width = Math.sqrt((to - from) ** 2 - 2 * variance * logUniform);
    this.minimum = Math.min(this.minimum, 0.5 * (from + to - width));
    const over = Math.max(0, (from - this.barrier) * (to - this.barrier));
    const alive = from > this.barrier && to > this.barrier;
    this.survival *= alive ? -Math.expm1((-2 * over) / variance) : 0;
  }
}

/**
 * Call options by the Milstein scheme with 2^level steps, and on the same Brownian path with half as
 * many: European, Asian (with the area between the dates), lookback (minimum of Brownian bridges),
 * digital (conditional expectation of the last step) and down-and-out barrier (survival of the
 * bridges), whose variances fall fast with the level (Giles 2008, "Improved multilevel Monte Carlo
 * convergence using the Milstein scheme").
 *
 * The sampler of level l has 2^l dimensions, or 2^(l+1) for the Asian and the lookback option.
 */
export class MLCallOptions extends MultilevelIntegrand {
  readonly options: Required<Omit<MLCallOptionsOptions, "level">>;
  readonly cost: number;
  readonly maxLevel: number = 12;

  constructor(sampler: Sampler, options: MLCallOptionsOptions = {}) {
    knownOptions("MLCallOptions", options, ["level", ...Object.keys(defaults)]);
    const { level = 0, ...rest } = options;
    const all = { ...defaults, ...rest };
    if (!payoffs.includes(all.option)) {
      throw domainError(
        `MLCallOptions: option must be one of ${payoffs.join(", ")}, got ${all.option}`,
      );
    }
    for (const name of ["volatility", "price", "tFinal"] as const) {
      checkNumber("MLCallOptions", name, all[name], "positive and finite", isPositive);
    }
    const inside = (value: number) => value > 0 && value < 1;
    checkNumber("MLCallOptions", "barrier", all.barrier, "in (0, 1)", inside);
    checkNumber("MLCallOptions", "interestRate", all.interestRate);
    if (!(Number.isInteger(level) && level >= 0 && level <= 12)) {
      throw domainError(`MLCallOptions: level must be an integer in 0..12, got ${level}`);
    }
    const dimension = dimensionAt(all.option, level);
    if (sampler.dimension !== dimension) {
      throw domainError(
        `MLCallOptions: the sampler of level ${level} must have dimension ${dimension}, ` +
          `got ${sampler.dimension}`,
      );
    }
    super(new Gaussian(sampler), level);
    this.options = all;
    this.cost = 2 ** level;
  }

  protected override g(x: Float64Array, n: number): Float64Array {
    const values = new Float64Array(2 * n);
    const d = this.measure.dimension;
    for (let i = 0; i < n; i++) this.#pair(x.subarray(i * d, (i + 1) * d), values, 2 * i);
    return values;
  }

  /** Discounted coarse and fine payoff of the path made from one row of normal numbers. */
  #pair(z: Float64Array, values: Float64Array, at: number): void {
    const { volatility, price, interestRate: rate, tFinal, barrier } = this.options;
    const steps = 2 ** this.level;
    const h = tFinal / steps;
    const path = () => new MilsteinPath(price, rate, volatility, barrier * price);
    const [fine, coarse] = [path(), path()];
    const root = Math.sqrt(h);
    const two = z.length > steps;
    const dw = (k: number) => root * z[k]!;
    const area = (k: number) => (two ? Math.sqrt(h / 12) * h * z[steps + k]! : 0);
    const logUniform = (k: number) => (two ? Math.log(normalCdf(z[steps + k]!)) : 0);
    const advance = (k: number) => {
      fine.step(h, dw(k), area(k));
      fine.bridge(fine.before, fine.price, h, logUniform(k));
    };
    if (this.level === 0) advance(0);
    for (let k = 0; k + 1 < steps; k += 2) {
      advance(k);
      advance(k + 1);
      const difference = dw(k) - dw(k + 1);
      coarse.step(2 * h, dw(k) + dw(k + 1), area(k) + area(k + 1) + 0.5 * h * difference);
      const middle = 0.5 * (coarse.before + coarse.price + coarse.spread * difference);
      coarse.bridge(coarse.before, middle, h, logUniform(k));
      coarse.bridge(middle, coarse.price, h, logUniform(k + 1));
    }
    const discount = Math.exp(-rate * tFinal);
    const last = this.level > 0 ? dw(steps - 2) : 0;
    if (this.level > 0) values[at] = discount * this.#payoff(coarse, 2 * h, h, last);
    values[at + 1] = discount * this.#payoff(fine, h, h, 0);
  }

  /**
   * `drift` is the time since the last date of the path, `unknown` how much of it at the end is not
   * known to the digital option, and `dw` the Brownian increment that is.
   */
  #payoff(path: MilsteinPath, drift: number, unknown: number, dw: number): number {
    const { option, price: strike, interestRate, tFinal } = this.options;
    switch (option) {
      case "asian":
        return Math.max(path.area / tFinal - strike, 0);
      case "lookback":
        return path.price - path.minimum;
      case "digital": {
        const mean = path.before * (1 + interestRate * drift) + path.spread * dw;
        return strike * normalCdf((mean - strike) / (path.spread * Math.sqrt(unknown)));
      }
      case "barrier":
        return path.survival * Math.max(path.price - strike, 0);
      default:
        return Math.max(path.price - strike, 0);
    }
  }

  protected override spawnLevel(level: number): MLCallOptions {
    const [sampler] = this.measure.sampler.spawn([dimensionAt(this.options.option, level)]);
    return new MLCallOptions(sampler!, { ...this.options, level });
  }
}

function dimensionAt(option: (typeof payoffs)[number], level: number): number {
  return 2 ** level * (option === "asian" || option === "lookback" ? 2 : 1);
}
