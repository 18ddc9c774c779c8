import { domainError } from "@daily-kernel/compute";

export interface PayoffOptions {
  option?: "asian" | "european" | "barrier" | "lookback" | "digital";
  /** `"call"` by default. */
  callPut?: "call" | "put";
  startPrice?: number;
  strikePrice?: number;
  /** Of an Asian option; `"arithmetic"` by default. */
  asianMean?: "arithmetic" | "geometric";
  /** Whether the mean takes the start price in (trapezoid rule, the default) or not. */
  asianRule?: "trapezoidal" | "right";
  /** Whether the option begins or ends to exist where the path touches the barrier. */
  barrierInOut?: "in" | "out";
  barrierPrice?: number;
  /** What a digital option pays. */
  digitalPayout?: number;
}

/** Prices of one path: `count` of them, `stride` apart, the first at `prices[first]`. */
interface Path {
  prices: Float64Array;
  first: number;
  stride: number;
  count: number;
}

export type Payoff = (path: Path) => number;

const last = ({ prices, first, stride, count }: Path) => prices[first + (count - 1) * stride]!;

function arithmeticMean(start: number, trapezoidal: boolean): Payoff {
  return (path) => {
    let sum = trapezoidal ? (start - last(path)) / 2 : 0;
    for (let k = 0; k < path.count; k++) sum += path.prices[path.first + k * path.stride]!;
    return sum / path.count;
  };
}

function geometricMean(start: number, trapezoidal: boolean): Payoff {
  return (path) => {
    let sum = trapezoidal ? (Math.log(start) - Math.log(last(path))) / 2 : 0;
    for (let k = 0; k < path.count; k++) {
      sum += Math.log(path.prices[path.first + k * path.stride]!);
    }
    return Math.exp(sum / path.count);
  };
}

/** The smallest (`sign` 1) or largest (-1) price on the path, the start price included. */
function extreme(start: number, sign: 1 | -1): Payoff {
  return ({ prices, first, stride, count }) => {
    let best = sign * start;
    for (let k = 0; k < count; k++) best = Math.min(best, sign * prices[first + k * stride]!);
    return sign * best;
  };
}

function touches(start: number, barrier: number): (path: Path) => boolean {
  if (start < barrier) {
    const highest = extreme(start, -1);
    return (path) => highest(path) >= barrier;
  }
  const lowest = extreme(start, 1);
  return (path) => lowest(path) <= barrier;
}

/** The undiscounted payoff of a path. Options are complete and valid. */
export function payoffOf(options: Required<PayoffOptions>): Payoff {
  const { option, startPrice, strikePrice } = options;
  const call = options.callPut === "call";
  const vanilla = (price: number) => Math.max(call ? price - strikePrice : strikePrice - price, 0);
  switch (option) {
    case "european":
      return (path) => vanilla(last(path));
    case "asian": {
      const mean = options.asianMean === "arithmetic" ? arithmeticMean : geometricMean;
      const average = mean(startPrice, options.asianRule === "trapezoidal");
      return (path) => vanilla(average(path));
    }
    case "barrier": {
      const touched = touches(startPrice, options.barrierPrice);
      const wanted = options.barrierInOut === "in";
      return (path) => (touched(path) === wanted ? vanilla(last(path)) : 0);
    }
    case "lookback": {
      const floor = extreme(startPrice, call ? 1 : -1);
      return (path) => Math.abs(last(path) - floor(path));
    }
    case "digital":
      return (path) => {
        const price = last(path);
        return (call ? price >= strikePrice : price <= strikePrice) ? options.digitalPayout : 0;
      };
    default:
      throw domainError(
        `FinancialOption: option must be asian, european, barrier, lookback or digital, got ${option}`,
      );
  }
}
