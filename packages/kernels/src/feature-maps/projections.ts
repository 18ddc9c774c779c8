import { type Matrix, matrix, type Rng } from "@daily-kernel/compute";

/**
 * `count` projections of R^d, one a row, each standard normal. With `orthogonal` the rows of every d are
 * at right angles (Yu et al. 2016): uniform directions by Gram and Schmidt, lengths chi-distributed with d
 * degrees of freedom, so that each row alone is normal all the same. O(count^2 d) for one block.
 */
export function projections(rng: Rng, count: number, d: number, orthogonal: boolean): Matrix {
  const g = matrix(count, d, rng.fillNormal(new Float64Array(count * d)));
  if (!orthogonal) return g;
  for (let from = 0; from < count; from += d) {
    const rows = Array.from({ length: Math.min(d, count - from) }, (_, k) =>
      g.data.subarray((from + k) * d, (from + k + 1) * d),
    );
    for (const [k, row] of rows.entries()) {
      // Twice is enough (Giraud, Langou and Rozloznik 2005).
      for (let pass = 0; pass < 2; pass++) {
        for (let other = 0; other < k; other++) removeComponent(row, rows[other]!);
        scale(row, 1 / Math.hypot(...row));
      }
    }
    for (const row of rows) scale(row, Math.sqrt(2 * rng.gamma(d / 2)));
  }
  return g;
}

function removeComponent(row: Float64Array, unit: Float64Array): void {
  let dot = 0;
  for (let j = 0; j < row.length; j++) dot += row[j]! * unit[j]!;
  for (let j = 0; j < row.length; j++) row[j]! -= dot * unit[j]!;
}

function scale(row: Float64Array, factor: number): void {
  for (let j = 0; j < row.length; j++) row[j]! *= factor;
}
