export * from "./construction/index.ts";
export * from "./integrands/index.ts";
export * from "./measures/index.ts";
export type { DigitSet } from "./sequences/any-base/any-base-sequence.ts";
export {
  DigitalNetAnyBases,
  type DigitalNetAnyBasesOptions,
} from "./sequences/any-base/digital-net-any-bases.ts";
export { Faure, type FaureOptions } from "./sequences/any-base/faure.ts";
export { Halton, type HaltonOptions } from "./sequences/any-base/halton.ts";
export { Hammersley, type HammersleyOptions } from "./sequences/any-base/hammersley.ts";
export {
  type BinaryPointSet,
  DigitalNetB2,
  DigitalNetB2 as NetB2,
  type DigitalNetB2Options,
} from "./sequences/digital-net-b2.ts";
export { DummySampler } from "./sequences/dummy-sampler.ts";
export { IIDStdUniform, type IIDStdUniformOptions } from "./sequences/iid-std-uniform.ts";
export { LatinHypercube, type LatinHypercubeOptions } from "./sequences/latin-hypercube.ts";
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
export { type SobolGpuOptions, sobolGpu } from "./sequences/sobol-gpu.ts";
export * from "./stopping/index.ts";
