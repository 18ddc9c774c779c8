export { depthwiseConv2d } from "./depthwise-conv2d.ts";
export type { DepthwiseOptions } from "./depthwise-shape.ts";
export { fromJax, matrixFromJax, toJax } from "./jax.ts";
export { type Forward, type LayersModel, layersModel } from "./layers-model/layers-model.ts";
export { averagePool2d } from "./layers-model/pooling.ts";
export { resizeBilinear } from "./layers-model/resize-bilinear.ts";
export { type Tensor, tensor } from "./tensor.ts";
export { type Adam, type AdamState, adam, type Loss, type Parameters } from "./training/adam.ts";
