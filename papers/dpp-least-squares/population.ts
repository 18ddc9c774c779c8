import { matrix } from "@daily-kernel/compute";
import type { Table } from "@daily-kernel/datasets";
import { FiniteBasis } from "@daily-kernel/sampling";
import type { Target } from "./target.ts";

/** All products of at most two standardised columns but the last, which is the target of the fit. */
export function quadraticTarget(table: Table): Target {
  const { data, rows: n, cols } = table;
  const d = cols - 1;
  const columns = Array.from({ length: d }, (_, j) => {
    const values = Float64Array.from({ length: n }, (_, i) => data[i * cols + j]!);
    const mean = values.reduce((sum, value) => sum + value, 0) / n;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n);
    return values.map((value) => (value - mean) / spread);
  });
  const features = [new Float64Array(n).fill(1), ...columns];
  for (let j = 0; j < d; j++) {
    for (let k = 0; k <= j; k++) features.push(columns[j]!.map((v, i) => v * columns[k]![i]!));
  }
  const m = features.length;
  const a = matrix(n, m);
  for (let p = 0; p < n * m; p++) a.data[p] = features[p % m]![Math.floor(p / m)]!;
  const basis = new FiniteBasis(a);
  const y = Float64Array.from({ length: n }, (_, i) => data[i * cols + d]!);
  const phi = basis.map(basis.quadrature().points).data;
  const coefficients = new Float64Array(m);
  for (let p = 0; p < n * m; p++) coefficients[p % m]! += (y[Math.floor(p / m)]! * phi[p]!) / n;
  let bestSquared = 0;
  y.forEach((value, i) => {
    let rest = value;
    for (let j = 0; j < m; j++) rest -= coefficients[j]! * phi[i * m + j]!;
    bestSquared += rest ** 2 / n;
  });
  return { basis, values: (x) => x.data.map((row) => y[row]!), coefficients, bestSquared };
}
