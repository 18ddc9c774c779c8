import type { Matrix } from "@daily-kernel/compute";

/** How a hyper-parameter is optimised: by its logarithm, or, of either sign, as it is. */
export type ParameterKind = "positive" | "real";

/**
 * A positive semi-definite function k(x, z) of two points of R^d, with hyper-parameters.
 * Immutable: `withParameters` gives another one.
 */
export interface Kernel {
  /** Length d of a point. */
  readonly dimension: number;
  /** What each hyper-parameter is called: `scale`, `lengthscales[0]`... */
  readonly parameterNames: readonly string[];
  /** The hyper-parameters in the order of their names; a copy. */
  readonly parameters: Float64Array;
  /** Their kinds; all positive where this is left out. */
  readonly parameterKinds?: readonly ParameterKind[];
  /** The same kernel with other hyper-parameters. */
  withParameters(parameters: ArrayLike<number>): Kernel;
  /** k(x_i, z_j): m x n for x of m x d and z of n x d; exactly symmetric for `gram(x, x)`. */
  gram(x: Matrix, z: Matrix): Matrix;
  /** k(x_i, z_i): n numbers for x and z of n x d. */
  pairs(x: Matrix, z: Matrix): Float64Array;
  /**
   * d k(x_i, z_j) / d log parameter p (by the parameter itself if it is of the kind "real"): one
   * m x n matrix a hyper-parameter.
   */
  gramGradients(x: Matrix, z: Matrix): Matrix[];
  /** sum_ij weights_ij of each of `gramGradients`, where a kernel can do that in less memory. */
  contractGradients?(x: Matrix, z: Matrix, weights: Matrix): Float64Array;
}

/** One term c d^b / dx d^b' / dz of a sum of partial derivatives of a kernel. */
export interface DerivativeTerm {
  /** The order in each x_j, d whole numbers. Default all 0. */
  x?: ArrayLike<number> | undefined;
  /** The order in each z_j, d whole numbers. Default all 0. */
  z?: ArrayLike<number> | undefined;
  /** c. Default 1. */
  coefficient?: number | undefined;
}

/** A kernel with partial derivatives in its points. */
export interface DifferentiableKernel extends Kernel {
  /** sum_l c_l d^(b_l) / dx d^(b'_l) / dz k(x_i, z_j): m x n for x of m x d and z of n x d. */
  gramDerivative(x: Matrix, z: Matrix, terms: readonly DerivativeTerm[]): Matrix;
  /** The gradient of `gramDerivative` in the hyper-parameters, as `gramGradients` of `gram`. */
  derivativeGradients(x: Matrix, z: Matrix, terms: readonly DerivativeTerm[]): Matrix[];
}

/** A kernel whose integrals over the unit cube are known, as Bayesian cubature needs them. */
export interface IntegrableKernel extends Kernel {
  /** The integral of k(x_i, z) over z in [0, 1]^d: n numbers for x of n x d. */
  integral(x: Matrix): Float64Array;
  /** The integral of k(x, z) over x and z in [0, 1]^d. */
  doubleIntegral(): number;
}
