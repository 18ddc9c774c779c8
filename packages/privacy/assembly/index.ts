export { packDirections, project } from "../../kernels/assembly/project";
export { pairFeatures } from "../../kernels/assembly/random-features";
export { putSineTable } from "../../kernels/assembly/turns";
export * from "./feature-sums";
