import { normalCdf } from "@daily-kernel/special";

interface Contract {
  callPut: "call" | "put";
  startPrice: number;
  strikePrice: number;
  volatility: number;
  interestRate: number;
  tFinal: number;
}

/** The price of a European option (Black and Scholes 1973). */
export function blackScholes(contract: Contract): number {
  const { startPrice: s, strikePrice: k, volatility, interestRate: r, tFinal: t } = contract;
  const deviation = volatility * Math.sqrt(t);
  const d1 = (Math.log(s / k) + (r + volatility ** 2 / 2) * t) / deviation;
  const d2 = d1 - deviation;
  const strike = k * Math.exp(-r * t);
  return contract.callPut === "call"
    ? s * normalCdf(d1) - strike * normalCdf(d2)
    : strike * normalCdf(-d2) - s * normalCdf(-d1);
}

/**
 * The price of an Asian option on the geometric mean of the prices at times t/d, 2t/d, ..., t (Kemna
 * and Vorst 1990): the mean is lognormal, so it is a European option with another volatility and rate.
 */
export function geometricAsian(contract: Contract, d: number): number {
  const { volatility, interestRate: r, tFinal: t } = contract;
  const mean = ((1 + 1 / d) * t) / 2;
  const meanVolatility = volatility * Math.sqrt((2 + 1 / d) / 3);
  const rate = r + (meanVolatility ** 2 - volatility ** 2) / 2;
  const price = blackScholes({
    ...contract,
    volatility: meanVolatility,
    interestRate: rate,
    tFinal: mean,
  });
  return price * Math.exp(rate * mean - r * t);
}
