export type { Activation, ActivationName, Harmonic } from "./activations.ts";
export { bundle, type DenseLayer } from "./bundle.ts";
export { type FitLayerOptions, KernelLayer } from "./kernel-layer.ts";
export { MaclaurinFeatures, type MaclaurinFeaturesOptions } from "./maclaurin-features.ts";
export type { NeuronFeatures } from "./neuron-features.ts";
export { ReluFeatures, type ReluFeaturesOptions } from "./relu-features.ts";
export {
  UniversalRandomFeatures,
  type UniversalRandomFeaturesOptions,
} from "./universal-random-features.ts";
