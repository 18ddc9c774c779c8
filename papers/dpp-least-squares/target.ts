import { type Matrix, matrix } from "@daily-kernel/compute";
import { type MeasurableBasis, productBasis, type UnivariateFamily } from "@daily-kernel/sampling";

/** Called between pieces of work. */
export type Breathe = (done: number) => Promise<void>;

/** A function to fit, and what the best fit of the space is. */
export interface Target {
  readonly basis: MeasurableBasis;
  readonly values: (points: Matrix) => Float64Array;
  /** c*, by a rule that is exact to rounding. */
  readonly coefficients: Float64Array;
  /** The squared L2 error of c*. */
  readonly bestSquared: number;
}

const PIECE = 4096;

/** The best approximation of f in a space of products, on the tensor rule of `nodes` a dimension. */
export async function targetOf(
  families: readonly UnivariateFamily[],
  degree: number,
  f: (x: Float64Array) => number,
  nodes: number,
  breathe: () => Promise<void>,
): Promise<Target> {
  const basis = productBasis({ families, degree });
  const fine = productBasis({ families, indices: [families.map(() => nodes - 1)] });
  const { points, weights } = fine.quadrature();
  const d = families.length;
  const values = (x: Matrix) =>
    Float64Array.from({ length: x.rows }, (_, i) => f(x.data.subarray(i * d, (i + 1) * d)));
  const m = basis.features;
  const coefficients = new Float64Array(m);
  const parts: { y: Float64Array; phi: Matrix; from: number }[] = [];
  for (let from = 0; from < points.rows; from += PIECE) {
    const to = Math.min(points.rows, from + PIECE);
    const x = matrix(to - from, d, points.data.slice(from * d, to * d));
    const [y, phi] = [values(x), basis.map(x)];
    parts.push({ y, phi, from });
    for (let i = 0; i < x.rows; i++) {
      const weighted = weights[from + i]! * y[i]!;
      for (let j = 0; j < m; j++) coefficients[j]! += weighted * phi.data[i * m + j]!;
    }
    await breathe();
  }
  let bestSquared = 0; // of the differences: subtracting squares would lose half the digits
  for (const { y, phi, from } of parts) {
    for (let i = 0; i < phi.rows; i++) {
      let rest = y[i]!;
      for (let j = 0; j < m; j++) rest -= coefficients[j]! * phi.data[i * m + j]!;
      bestSquared += weights[from + i]! * rest * rest;
    }
  }
  return { basis, values, coefficients, bestSquared };
}
