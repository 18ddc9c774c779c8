export { compose } from "./compose.ts";
export {
  RandomFourierFeatures,
  type RandomFourierFeaturesOptions,
  type SpectralKernel,
} from "./random-fourier-features.ts";
