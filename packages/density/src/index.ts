export {
  type LeaveOneOut,
  type LeaveOneOutOptions,
  leaveOneOut,
  looBandwidth,
} from "./bandwidth/leave-one-out.ts";
export { regimesOf, scottBandwidth, silvermanBandwidth } from "./bandwidth/rules.ts";
export {
  type EdgeEstimate,
  edgeBandwidth,
  NearEdge,
  type NearEdgeOptions,
} from "./edge/near-edge.ts";
export { NoncentralChiSquare } from "./edge/noncentral-chi-square.ts";
export { GaussianKde, type GaussianKdeOptions, type KdeSummary } from "./kde/gaussian-kde.ts";
export {
  type KdeRegimes,
  kdeRegimes,
  type Regime,
  type RegimeOptions,
} from "./regimes/regimes.ts";
export { hillEstimator, ksNormal } from "./statistics/tails.ts";
