import type { Matrix } from "@daily-kernel/compute";
import { solveConcentration } from "./concentration.ts";
import { addRow, type UnitRows } from "./unit-rows.ts";
import { VonMisesFisher } from "./von-mises-fisher.ts";

/** Log densities, their sum and the posterior probabilities of the components. */
export function expectation(
  weights: Float64Array,
  components: readonly VonMisesFisher[],
  x: UnitRows,
): { logDensity: Float64Array; total: number; responsibilities: Matrix } {
  const k = components.length;
  const joint = components.map((component, j) => {
    const logWeight = Math.log(weights[j]!);
    return component.logPdf(x).map((value) => value + logWeight);
  });
  const responsibilities = { data: new Float64Array(x.rows * k), rows: x.rows, cols: k };
  const logDensity = new Float64Array(x.rows);
  let total = 0;
  for (let i = 0; i < x.rows; i++) {
    let top = -Infinity;
    for (const values of joint) top = Math.max(top, values[i]!);
    let sum = 0;
    for (let j = 0; j < k; j++) {
      const share = Math.exp(joint[j]![i]! - top);
      responsibilities.data[i * k + j] = share;
      sum += share;
    }
    for (let j = 0; j < k; j++) responsibilities.data[i * k + j]! /= sum;
    logDensity[i] = top + Math.log(sum);
    total += logDensity[i]!;
  }
  return { logDensity, total, responsibilities };
}

/**
 * Weights and components of largest expected log-likelihood, kappa bounded by `maxKappa`. A
 * component without weight keeps its `before` parameters.
 */
export function maximisation(
  x: UnitRows,
  norms: Float64Array,
  responsibilities: Matrix,
  maxKappa: number,
  before?: readonly VonMisesFisher[],
): { weights: Float64Array; components: VonMisesFisher[] } {
  const k = responsibilities.cols;
  const totals = new Float64Array(k);
  const sums = Array.from({ length: k }, () => new Float64Array(x.cols));
  for (let i = 0; i < x.rows; i++) {
    for (let j = 0; j < k; j++) {
      const share = responsibilities.data[i * k + j]!;
      if (share === 0) continue;
      totals[j]! += share;
      addRow(sums[j]!, x, i, share / norms[i]!);
    }
  }
  const components = sums.map((sum, j) => update(sum, totals[j]!, maxKappa, before?.[j]));
  return { weights: totals.map((total) => total / x.rows), components };
}

function update(
  sum: Float64Array,
  total: number,
  maxKappa: number,
  before: VonMisesFisher | undefined,
): VonMisesFisher {
  let square = 0;
  for (const value of sum) square += value * value;
  const length = Math.sqrt(square);
  if (length > 0) {
    const rbar = length / total;
    const kappa = rbar < 1 ? Math.min(maxKappa, solveConcentration(sum.length, rbar)) : maxKappa;
    return new VonMisesFisher({ mean: sum.map((value) => value / length), kappa });
  }
  if (before) return before;
  // rows that cancel exactly: uniform, so that any direction will do
  return new VonMisesFisher({ mean: new Float64Array(sum.length).with(0, 1), kappa: 0 });
}
