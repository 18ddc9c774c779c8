import type { Matrix, Rng } from "@daily-kernel/compute";
import type { FeatureMap } from "@daily-kernel/kernels";

/**
 * m functions, orthonormal in L2 of a probability measure mu, and the two ways to draw from it. Their
 * squared sum k(x) is the (inverse) Christoffel function: its mean under mu is m.
 */
export interface OrthonormalBasis extends FeatureMap {
  /** n independent points of mu: n x d. */
  sampleMeasure(n: number, rng: Rng): Matrix;
  /** n independent points of the optimal density k(x) / m with respect to mu: n x d. */
  sampleChristoffel(n: number, rng: Rng): Matrix;
  /** A draw of the projection process (m x d, exchangeable), where there is a faster way than the chain rule. */
  sampleProcess?(rng: Rng): Matrix;
}

/** A basis that knows a quadrature rule for its measure. */
export interface MeasurableBasis extends OrthonormalBasis {
  /** Points (N x d) and weights (sum 1) that integrate products of the basis functions. */
  quadrature(): { points: Matrix; weights: Float64Array };
}
