export { product, scaled, sum } from "./combine.ts";
export { ConstantKernel } from "./constant-kernel.ts";
export { GaussianKernel, SquaredExponentialKernel } from "./gaussian.ts";
export { kernelFrom } from "./kernel-from.ts";
export { Matern12Kernel, Matern32Kernel, Matern52Kernel } from "./matern.ts";
export { RadialKernel, type StandardKernelOptions } from "./radial-kernel.ts";
export { RationalQuadraticKernel, type RationalQuadraticOptions } from "./rational-quadratic.ts";
