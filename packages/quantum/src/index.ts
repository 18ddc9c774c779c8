export {
  type Angle,
  Circuit,
  type Gate,
  gate,
  type MatrixGate,
  type NamedGate,
  parameter,
} from "./circuits/circuit.ts";
export type { ComplexMatrix } from "./circuits/complex-matrix.ts";
export type { GateName } from "./circuits/gates.ts";
export { type AdHocDataOptions, adHocData, type Labelled } from "./data/ad-hoc-data.ts";
export { haarUnitary } from "./data/haar-unitary.ts";
export { drawSvg } from "./drawing/draw-svg.ts";
export { drawText } from "./drawing/draw-text.ts";
export { DensityFeatures } from "./feature-maps/density-features.ts";
export type {
  BandwidthTuning,
  Entanglement,
  QuantumFeatureMap,
} from "./feature-maps/feature-circuit.ts";
export { PauliFeatureMap, type PauliFeatureMapOptions } from "./feature-maps/pauli-feature-map.ts";
export {
  type DataMap,
  ZZFeatureMap,
  type ZZFeatureMapOptions,
} from "./feature-maps/zz-feature-map.ts";
export { type EstimateGramOptions, estimateGram } from "./kernels/estimate-gram.ts";
export { kernelAlignment, type PsdRepair, projectPsd, shiftPsd } from "./kernels/psd.ts";
export { QuantumKernel } from "./kernels/quantum-kernel.ts";
export { binomial, multinomial } from "./noise/binomial.ts";
export {
  amplitudeDamping,
  bitFlip,
  type Channel,
  depolarizing,
  phaseDamping,
} from "./noise/channels.ts";
export {
  type DensityMatrix,
  densityProbabilities,
  simulateDensity,
} from "./noise/density-matrix.ts";
export type { NoiseModel, ReadoutError } from "./noise/noise-model.ts";
export { applyReadout, mitigateReadout } from "./noise/readout.ts";
export { simulateTrajectory } from "./noise/trajectory.ts";
export { zeroNoiseExtrapolate } from "./noise/zero-noise.ts";
export { expectation, type Observable, type PauliTerm } from "./simulator/pauli.ts";
export { type SimulateOptions, simulate, simulateBatch } from "./simulator/simulate.ts";
export {
  basisState,
  fidelity,
  innerProduct,
  probabilities,
  reverseQubits,
  type StateBatch,
  type StateVector,
} from "./simulator/state-vector.ts";
export { variationalCircuit } from "./variational/ansatz.ts";
export {
  type ExpectationGradientOptions,
  expectationGradient,
} from "./variational/expectation-gradient.ts";
export { type SpsaOptions, spsa } from "./variational/spsa.ts";
export {
  type TrainedVariational,
  trainVariational,
  type VariationalOptions,
} from "./variational/variational-classifier.ts";
