import { type Matrix, matrix } from "../matrix.ts";
import { Rng } from "../rng.ts";

/** A matrix of uniform numbers in -1..1, the same for the same seed. */
export function randomMatrix(rows: number, cols: number, seed: number): Matrix {
  const rng = new Rng(seed);
  return matrix(
    rows,
    cols,
    Float64Array.from({ length: rows * cols }, () => 2 * rng.uniform() - 1),
  );
}
