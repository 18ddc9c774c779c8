export { depthwiseConv2d } from "./depthwise-conv2d.ts";
export type { DepthwiseOptions } from "./depthwise-shape.ts";
export { fromJax, matrixFromJax, toJax } from "./jax.ts";
export { type Tensor, tensor } from "./tensor.ts";
