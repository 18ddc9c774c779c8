import type { IntegrableKernel, Kernel } from "../kernel.ts";
import { checkKernel, isIntegrable } from "./check-kernel.ts";
import { checkPositive } from "./check-points.ts";
import { ConstantKernel } from "./constant-kernel.ts";
import { IntegrableScaledKernel, ProductKernel } from "./product-kernel.ts";
import { IntegrableSumKernel, SumKernel } from "./sum-kernel.ts";

/**
 * k_1(x, z) + k_2(x, z) + ..., with integrals if all have them.
 *
 * @throws TypeError `ERR_TYPE` for what is no kernel; RangeError `ERR_SHAPE` for none, or for
 *   different dimensions.
 */
export function sum(...kernels: IntegrableKernel[]): IntegrableKernel;
export function sum(...kernels: Kernel[]): Kernel;
export function sum(...kernels: Kernel[]): Kernel {
  for (let i = 0; i < kernels.length; i++) checkKernel("sum", `kernel ${i}`, kernels[i]);
  return kernels.every(isIntegrable)
    ? new IntegrableSumKernel("sum", kernels)
    : new SumKernel("sum", kernels);
}

/** k_1(x, z) k_2(x, z) ..., on the same points. Throws as `sum`. */
export function product(...kernels: Kernel[]): Kernel {
  return new ProductKernel("product", kernels);
}

/**
 * scale k(x, z): the kernel with one more hyper-parameter, `kernels[0].scale`, before its own
 * (`kernels[1]...`). For kernels that have no scale of their own.
 */
export function scaled(kernel: IntegrableKernel, scale: number): IntegrableKernel;
export function scaled(kernel: Kernel, scale: number): Kernel;
export function scaled(kernel: Kernel, scale: number): Kernel {
  checkKernel("scaled", "kernel", kernel);
  checkPositive("scaled", "scale", scale);
  const kernels = [new ConstantKernel({ dimension: kernel.dimension, scale }), kernel];
  return isIntegrable(kernel)
    ? new IntegrableScaledKernel("scaled", kernels)
    : new ProductKernel("scaled", kernels);
}
