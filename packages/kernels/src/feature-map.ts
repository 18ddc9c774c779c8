import type { Matrix } from "@daily-kernel/compute";

/** A map of R^d into R^m whose inner products are, or approximate, a kernel. */
export interface FeatureMap {
  /** Length d of a point. */
  readonly dimension: number;
  /** Length m of a feature vector. */
  readonly features: number;
  /** The features of the rows of x: n x m for x of n x d. */
  map(x: Matrix): Matrix;
}
