import { alignColumns } from "./format-log.ts";
import type { MlmcTestResult } from "./mlmc-test.ts";

const exponential = (digits: number) => (x: number) => x.toExponential(digits);

/** The tables of a multilevel test, as text: levels, rates, and what the tolerances cost. */
export function formatMlmcTest(result: MlmcTestResult): string {
  const { n, levels, alpha, beta, gamma, warnings, complexity } = result;
  const [e4, e3, e2] = [4, 3, 2].map(exponential) as [Text, Text, Text];
  const levelRows = levels.map((l) => [
    `${l.level}`,
    ...[l.mean, l.meanFine].map(e4),
    ...[l.variance, l.varianceFine].map(e3),
    ...[l.kurtosis, l.check, l.cost].map(e2),
  ]);
  const costRows = complexity.map((c) => [
    e3(c.tolerance),
    e4(c.solution),
    ...[c.cost, c.standardCost].map(e3),
    c.savings.toFixed(2),
    c.counts.join(" "),
  ]);
  const tolerances = ["rmse", "value", "cost", "standard", "savings", "points a level"];
  const parts = [
    `${n} points a level (P: the fine payoff, D: its difference from the coarse one)`,
    alignColumns(
      ["level", "mean D", "mean P", "var D", "var P", "kurtosis", "check", "cost"],
      levelRows,
    ),
    `alpha ${alpha.toFixed(3)} (mean), beta ${beta.toFixed(3)} (variance), gamma ${gamma.toFixed(3)} (cost)`,
    ...warnings.map((warning) => `warning: ${texts[warning]}`),
    ...(costRows.length > 0 ? [alignColumns(tolerances, costRows)] : []),
  ];
  return parts.join("\n");
}

type Text = (x: number) => string;

const texts = {
  kurtosis: "a kurtosis over 100 on the finest level: rare paths dominate the differences",
  consistency: "a check over 1: coarse payoffs are not the fine ones of the level before",
};
