import type { Matrix } from "@daily-kernel/compute";

/**
 * A positive semi-definite function k(x, z) of two points of R^d, with positive hyper-parameters.
 * Immutable: `withParameters` gives another one.
 */
export interface Kernel {
  /** Length d of a point. */
  readonly dimension: number;
  /** What each hyper-parameter is called: `scale`, `lengthscales[0]`... */
  readonly parameterNames: readonly string[];
  /** The hyper-parameters, all positive, in the order of their names; a copy. */
  readonly parameters: Float64Array;
  /** The same kernel with other hyper-parameters. */
  withParameters(parameters: ArrayLike<number>): Kernel;
  /** k(x_i, z_j): m x n for x of m x d and z of n x d; exactly symmetric for `gram(x, x)`. */
  gram(x: Matrix, z: Matrix): Matrix;
  /** k(x_i, z_i): n numbers for x and z of n x d. */
  pairs(x: Matrix, z: Matrix): Float64Array;
  /** d k(x_i, z_j) / d log parameter p: one m x n matrix a hyper-parameter. */
  gramGradients(x: Matrix, z: Matrix): Matrix[];
}

/** A kernel whose integrals over the unit cube are known, as Bayesian cubature needs them. */
export interface IntegrableKernel extends Kernel {
  /** The integral of k(x_i, z) over z in [0, 1]^d: n numbers for x of n x d. */
  integral(x: Matrix): Float64Array;
  /** The integral of k(x, z) over x and z in [0, 1]^d. */
  doubleIntegral(): number;
}
