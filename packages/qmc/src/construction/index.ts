export type { CbcWeights, WeightTable } from "./cbc-weights.ts";
export { type DefaultLatticeVector, defaultLatticeVector } from "./default-lattice-vector.ts";
export { type DiscrepancyOptions, discrepancy } from "./discrepancy.ts";
export type { Discrepancy } from "./discrepancy-kinds.ts";
export { type KorobovSearch, type KorobovSearchOptions, korobovSearch } from "./korobov-search.ts";
export { type LatticeCbc, type LatticeCbcOptions, latticeCbc } from "./lattice-cbc.ts";
export { type LatticeErrorOptions, latticeWorstCaseErrors } from "./lattice-worst-case-errors.ts";
export { MPMC, type MPMCOptions, type MPMCTrainOptions } from "./mpmc.ts";
export type { NetColumn } from "./net-digits.ts";
export {
  type OptimizedPoints,
  type OptimizePointsOptions,
  optimizePoints,
} from "./optimize-points.ts";
export {
  type PolynomialLattice,
  type PolynomialLatticeOptions,
  polynomialLatticeCbc,
} from "./polynomial-lattice-cbc.ts";
export { starDiscrepancy } from "./star-discrepancy.ts";
export { type TValueOptions, tValue } from "./t-value.ts";
