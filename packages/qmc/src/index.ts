export { type EvaluateOptions, Integrand } from "./integrands/integrand.ts";
export * from "./measures/index.ts";
export {
  type BinaryPointSet,
  DigitalNetB2,
  DigitalNetB2 as NetB2,
  type DigitalNetB2Options,
} from "./sequences/digital-net-b2.ts";
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
export { Sobol, type SobolOptions } from "./sequences/sobol.ts";
