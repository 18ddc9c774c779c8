import {
  checkObject,
  cholesky,
  matrix,
  type Rng,
  shapeError,
  solveTriangular,
} from "@daily-kernel/compute";
import { checkBetween, checkCount } from "../check.ts";
import { Cumulative } from "./cumulative.ts";
import { legendre } from "./legendre.ts";
import type { Quadrature, UnivariateFamily } from "./univariate-family.ts";

export interface SplineOptions {
  /** Degree of the pieces, 0..20; they join with one derivative less. Default 3. */
  readonly degree?: number;
  /** How many pieces of equal length. */
  readonly pieces: number;
  /** The interval; default [0, 1]. */
  readonly lower?: number;
  readonly upper?: number;
}

/**
 * The `pieces + degree` B-splines on [lower, upper], orthonormalised in their order for the uniform
 * measure (Gram matrix by Gauss's rule on each piece, exact).
 *
 * @throws TypeError, RangeError for options out of their ranges.
 */
export function splines(options: SplineOptions): UnivariateFamily {
  checkObject("splines", "options", options);
  const { degree = 3, pieces, lower = 0, upper = 1 } = options;
  checkCount("splines", "degree", degree, 0, 20);
  checkCount("splines", "pieces", pieces, 1, 2000);
  checkBetween("splines", "lower", lower, Number.NEGATIVE_INFINITY);
  checkBetween("splines", "upper", upper, lower);
  const size = pieces + degree;
  const width = (upper - lower) / pieces;
  const local = new Float64Array(degree + 1);

  const cellOf = (x: number) =>
    Math.min(pieces - 1, Math.max(0, Math.floor(((x - lower) / (upper - lower)) * pieces)));
  const knot = (i: number) => Math.min(pieces, Math.max(0, i - degree)); // in cells
  /** The B-splines cell, ..., cell + degree at x (de Boor, A Practical Guide to Splines, X). */
  function bSplines(x: number, cell: number): void {
    const t = ((x - lower) / (upper - lower)) * pieces;
    local[0] = 1;
    for (let p = 1; p <= degree; p++) {
      let carried = 0;
      for (let r = 0; r < p; r++) {
        const right = knot(cell + degree + r + 1);
        const left = knot(cell + degree + r + 1 - p);
        const share = local[r]! / (right - left);
        local[r] = carried + (right - t) * share;
        carried = (t - left) * share;
      }
      local[p] = carried;
    }
  }

  function quadrature(): Quadrature {
    const rule = legendre(0, 1).quadrature(degree + 1);
    const n = degree + 1;
    return {
      points: Float64Array.from(
        { length: pieces * n },
        (_, i) => lower + width * (Math.floor(i / n) + rule.points[i % n]!),
      ),
      weights: Float64Array.from({ length: pieces * n }, (_, i) => rule.weights[i % n]! / pieces),
    };
  }

  const gram = matrix(size, size);
  const rule = quadrature();
  rule.points.forEach((x, q) => {
    const cell = Math.floor(q / (degree + 1));
    bSplines(x, cell);
    for (let i = 0; i <= degree; i++) {
      for (let j = 0; j <= degree; j++) {
        gram.data[(cell + i) * size + cell + j]! += rule.weights[q]! * local[i]! * local[j]!;
      }
    }
  });
  const identity = matrix(size, size);
  for (let j = 0; j < size; j++) identity.data[j * size + j] = 1;
  /** Row j holds phi_j by the B-splines. */
  const rows = solveTriangular(cholesky(gram), identity).data;

  /** On a cell phi_j is a mean of its coefficients there, so none of its squares is above this. */
  function bound(j: number, cell: number): number {
    let most = 0;
    for (let l = cell; l <= cell + degree; l++) most = Math.max(most, rows[j * size + l]! ** 2);
    return most;
  }
  const envelopes = new Map<number, Cumulative>();
  function envelope(j: number): Cumulative {
    let found = envelopes.get(j);
    if (found === undefined) {
      found = new Cumulative(Float64Array.from({ length: pieces }, (_, cell) => bound(j, cell)));
      envelopes.set(j, found);
    }
    return found;
  }
  function value(j: number, cell: number): number {
    let sum = 0;
    for (let i = 0; i <= degree; i++) sum += rows[j * size + cell + i]! * local[i]!;
    return sum;
  }

  return {
    name: "spline",
    size,
    domain: [lower, upper],
    degree: (j) => j,
    evaluate(x, count, out, at) {
      if (count > size) {
        throw shapeError(`splines: there are ${size} functions, asked for ${count}`);
      }
      const cell = cellOf(x);
      bSplines(x, cell);
      for (let j = 0; j < count; j++) out[at + j] = value(j, cell);
    },
    sampleMeasure: (rng) => lower + (upper - lower) * rng.uniform(),
    sampleSquare(j: number, rng: Rng) {
      for (;;) {
        const cell = envelope(j).draw(rng);
        const x = lower + width * (cell + rng.uniform());
        bSplines(x, cell);
        if (rng.uniform() * bound(j, cell) < value(j, cell) ** 2) return x;
      }
    },
    quadrature,
  };
}
