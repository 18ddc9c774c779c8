/**
 * The price of an arithmetic Asian call, watched ever more finely, by multilevel quasi-Monte Carlo, and
 * beside it by multilevel and plain Monte Carlo: `node packages/qmc/examples/asian-option.ts`.
 */
import {
  CubMCCLT,
  CubMLMC,
  CubMLQMC,
  FinancialOption,
  IIDStdUniform,
  type Integration,
  MultilevelOption,
  Sobol,
} from "@daily-kernel/qmc";

const contract = {
  option: "asian",
  startPrice: 100,
  strikePrice: 100,
  volatility: 0.25,
  interestRate: 0.03,
  tFinal: 1,
} as const;
const absTol = 0.02;

const report = (method: string, { solution, bounds, n, seconds }: Integration) => {
  const half = (bounds.upper[0]! - bounds.lower[0]!) / 2;
  const price = `${solution[0]!.toFixed(3)} ± ${half.toFixed(3)}`;
  console.log(`${method.padEnd(24)} ${price}   ${n} paths, ${seconds.toFixed(2)} s`);
};

const levels = (sampler: Sobol | IIDStdUniform) => new MultilevelOption(sampler, contract);
const quasi = levels(new Sobol({ dimension: 2, seed: 7, replications: 16 }));
report("multilevel quasi", await new CubMLQMC(quasi, { absTol }).integrate());
const multilevel = levels(new IIDStdUniform({ dimension: 2, seed: 7 }));
report("multilevel Monte Carlo", await new CubMLMC(multilevel, { absTol }).integrate());

// Plain Monte Carlo must choose the number of dates beforehand: 32, a bias of its own.
const daily = new FinancialOption(new IIDStdUniform({ dimension: 32, seed: 7 }), contract);
report("Monte Carlo, 32 dates", await new CubMCCLT(daily, { absTol }).integrate());
