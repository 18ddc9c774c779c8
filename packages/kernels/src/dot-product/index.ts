export { ArcCosineKernel, type ArcCosineKernelOptions } from "./arc-cosine.ts";
export type { DotProductKernelOptions } from "./dot-product-kernel.ts";
export { PolynomialKernel, type PolynomialKernelOptions } from "./polynomial.ts";
