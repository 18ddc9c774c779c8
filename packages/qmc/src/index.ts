export { type EvaluateOptions, Integrand } from "./integrands/integrand.ts";
export { TrueMeasure, type Weighted } from "./measures/true-measure.ts";
export { KorobovLattice, type KorobovLatticeOptions } from "./sequences/lattice/korobov-lattice.ts";
export { Kronecker, type KroneckerOptions } from "./sequences/lattice/kronecker.ts";
export type { PeriodicKernel } from "./sequences/lattice/kronecker-discrepancy.ts";
export { Lattice, type LatticeOptions } from "./sequences/lattice/lattice.ts";
export {
  type BlocksOptions,
  type PointSet,
  type PointsOptions,
  Sequence,
  type Structure,
} from "./sequences/sequence.ts";
