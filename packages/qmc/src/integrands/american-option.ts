import { cholesky, choleskySolve, domainError, matrix, syrk } from "@daily-kernel/compute";
import { checkNumber, isPositive, knownOptions } from "../check-options.ts";
import { GeometricBrownianMotion } from "../measures/geometric-brownian-motion.ts";
import type { Sampler } from "../measures/true-measure.ts";
import { Integrand } from "./integrand.ts";

export interface AmericanOptionOptions {
  /** `"put"` by default: an American call on a stock without dividends is never exercised early. */
  callPut?: "call" | "put";
  startPrice?: number;
  strikePrice?: number;
  volatility?: number;
  interestRate?: number;
  tFinal?: number;
  decomposition?: "PCA" | "Cholesky" | "BrownianBridge";
  /** Paths from which the exercise rule is learned; 2^13 by default. */
  pilotPaths?: number;
  /** Degree of the polynomials in the price that estimate the value of waiting; 3 by default. */
  degree?: number;
}

const defaults = {
  callPut: "put" as const,
  startPrice: 30,
  strikePrice: 35,
  volatility: 0.5,
  interestRate: 0.05,
  tFinal: 1,
  decomposition: "PCA" as const,
  pilotPaths: 2 ** 13,
  degree: 3,
};

/**
 * An option that may be exercised at any of d equal dates (d: the sampler's dimension), under the rule
 * of Longstaff and Schwartz (2001): exercise when that pays more than a regression says of waiting. The
 * rule is learned once, on independent pilot paths, so that the integrand is an ordinary function of
 * the path; its integral is a lower bound of the fair price, close to it for a good rule.
 */
export class AmericanOption extends Integrand {
  readonly options: Required<AmericanOptionOptions>;
  /** Coefficients of the value of waiting at each date but the last. */
  readonly #waiting: Float64Array[];

  constructor(sampler: Sampler, options: AmericanOptionOptions = {}) {
    knownOptions("AmericanOption", options, Object.keys(defaults));
    const all = { ...defaults, ...options };
    for (const name of ["startPrice", "strikePrice", "volatility", "tFinal"] as const) {
      checkNumber("AmericanOption", name, all[name], "positive and finite", isPositive);
    }
    checkNumber("AmericanOption", "interestRate", all.interestRate);
    if (all.callPut !== "call" && all.callPut !== "put") {
      throw domainError(`AmericanOption: callPut must be "call" or "put", got ${all.callPut}`);
    }
    const small = (value: number) => Number.isInteger(value) && value >= 0 && value <= 8;
    checkNumber("AmericanOption", "degree", all.degree, "an integer in 0..8", small);
    if (!(all.pilotPaths >= 64 && Number.isInteger(Math.log2(all.pilotPaths)))) {
      throw domainError(
        `AmericanOption: pilotPaths must be a power of two >= 64, got ${all.pilotPaths}`,
      );
    }
    super(
      new GeometricBrownianMotion(sampler, {
        tFinal: all.tFinal,
        initialValue: all.startPrice,
        drift: all.interestRate,
        diffusion: all.volatility ** 2,
        decomposition: all.decomposition,
      }),
    );
    this.options = all;
    this.#waiting = this.#learn();
  }

  #exercise(price: number): number {
    const { callPut, strikePrice } = this.options;
    return Math.max(callPut === "call" ? price - strikePrice : strikePrice - price, 0);
  }

  #waitingValue(coefficients: Float64Array, price: number): number {
    const x = price / this.options.strikePrice - 1;
    let value = 0;
    for (let k = coefficients.length - 1; k >= 0; k--) value = value * x + coefficients[k]!;
    return value;
  }

  /** Regressions backwards in time over the pilot paths that are in the money. */
  #learn(): Float64Array[] {
    const d = this.measure.dimension;
    const pilot = this.measure.spawn([d])[0]!;
    const {
      data,
      n: perReplication,
      replications,
    } = pilot.points({
      nMax: this.options.pilotPaths,
    });
    const n = perReplication * replications;
    const discount = Math.exp((-this.options.interestRate * this.options.tFinal) / d);
    const cash = Float64Array.from({ length: n }, (_, i) => this.#exercise(data[(i + 1) * d - 1]!));
    const rules: Float64Array[] = [];
    for (let date = d - 2; date >= 0; date--) {
      const inMoney: number[] = [];
      for (let i = 0; i < n; i++) {
        cash[i]! *= discount;
        if (this.#exercise(data[i * d + date]!) > 0) inMoney.push(i);
      }
      const prices = inMoney.map((i) => data[i * d + date]!);
      const rule = this.#regress(
        prices,
        inMoney.map((i) => cash[i]!),
      );
      rules[date] = rule;
      for (const [k, i] of inMoney.entries()) {
        const now = this.#exercise(prices[k]!);
        if (now >= this.#waitingValue(rule, prices[k]!)) cash[i] = now;
      }
    }
    return rules;
  }

  /** Least squares of `values` on powers of price / strike - 1, with a ridge of rounding size. */
  #regress(prices: number[], values: number[]): Float64Array {
    const terms = this.options.degree + 1;
    if (prices.length < 2 * terms) {
      // too few paths to learn from: never exercise here
      return Float64Array.of(Number.MAX_VALUE);
    }
    const x = matrix(prices.length, terms);
    const right = matrix(terms, 1);
    for (const [i, price] of prices.entries()) {
      let power = 1;
      for (let k = 0; k < terms; k++) {
        x.data[i * terms + k] = power;
        right.data[k]! += power * values[i]!;
        power *= price / this.options.strikePrice - 1;
      }
    }
    const gram = syrk(x, { transpose: true });
    for (let k = 0; k < terms; k++) gram.data[k * terms + k]! += prices.length * 1e-12;
    return choleskySolve(cholesky(gram), right).data;
  }

  protected override g(prices: Float64Array, n: number): Float64Array {
    const d = this.measure.dimension;
    const step = (-this.options.interestRate * this.options.tFinal) / d;
    const values = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      for (let date = 0; date < d; date++) {
        const price = prices[i * d + date]!;
        const now = this.#exercise(price);
        const last = date === d - 1;
        if (now > 0 && (last || now >= this.#waitingValue(this.#waiting[date]!, price))) {
          values[i] = now * Math.exp(step * (date + 1));
          break;
        }
      }
    }
    return values;
  }
}
