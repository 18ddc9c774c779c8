import type { Rng } from "@daily-kernel/compute";

/** Points of the line and weights that sum to 1. */
export interface Quadrature {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/** Functions phi_0, phi_1, ... of one variable, orthonormal with respect to a probability measure. */
export interface UnivariateFamily {
  readonly name: string;
  /** How many functions there are; infinity for polynomials. */
  readonly size: number;
  /** The closed interval on which they are defined. */
  readonly domain: readonly [number, number];
  /** What index sets count for phi_j: a polynomial's degree, a wave's frequency. */
  degree(j: number): number;
  /** Writes phi_0(x), ..., phi_(count - 1)(x) to `out` from `at` on. */
  evaluate(x: number, count: number, out: Float64Array, at: number): void;
  /** A point of the measure. */
  sampleMeasure(rng: Rng): number;
  /** A point of the measure with density phi_j^2 with respect to it: exact, not from a grid. */
  sampleSquare(j: number, rng: Rng): number;
  /** The n points of the projection process of the first n functions, where a faster way is known. */
  sampleEnsemble?(n: number, rng: Rng): Float64Array;
  /** A rule of at least n points that integrates products of the first n functions exactly. */
  quadrature(n: number): Quadrature;
}
