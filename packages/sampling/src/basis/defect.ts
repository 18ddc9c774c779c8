import type { MeasurableBasis } from "./orthonormal-basis.ts";

/** The largest entry of |Gram - I| on the basis's own rule: rounding error, or a wrong basis. */
export function orthonormalityDefect(basis: MeasurableBasis): number {
  const { points, weights } = basis.quadrature();
  const { data, rows, cols: m } = basis.map(points);
  const gram = new Float64Array(m * m);
  for (let i = 0; i < rows; i++) {
    for (let a = 0; a < m; a++) {
      const left = weights[i]! * data[i * m + a]!;
      for (let b = 0; b <= a; b++) gram[a * m + b]! += left * data[i * m + b]!;
    }
  }
  let most = 0;
  for (let a = 0; a < m; a++) {
    for (let b = 0; b <= a; b++) {
      most = Math.max(most, Math.abs(gram[a * m + b]! - (a === b ? 1 : 0)));
    }
  }
  return most;
}
