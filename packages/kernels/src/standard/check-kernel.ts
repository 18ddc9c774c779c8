import { checkType } from "@daily-kernel/compute";
import type { DifferentiableKernel, IntegrableKernel, Kernel, ParameterKind } from "../kernel.ts";

/** Throws unless `value` has what a Kernel has. */
export function checkKernel(fn: string, name: string, value: unknown): asserts value is Kernel {
  const { gram, pairs, withParameters } = (value ?? {}) as Partial<Kernel>;
  const ok = [gram, pairs, withParameters].every((method) => typeof method === "function");
  checkType(ok, fn, name, "a kernel", value);
}

/** Throws unless `value` is a kernel with derivatives in its points. */
export function checkDifferentiable(
  fn: string,
  name: string,
  value: unknown,
): asserts value is DifferentiableKernel {
  checkKernel(fn, name, value);
  const ok = typeof (value as Partial<DifferentiableKernel>).gramDerivative === "function";
  checkType(ok, fn, name, "a kernel with derivatives", value);
}

/** Whether the kernel's integrals over the unit cube are known. */
export function isIntegrable(kernel: Kernel): kernel is IntegrableKernel {
  const { integral, doubleIntegral } = kernel as Partial<IntegrableKernel>;
  return typeof integral === "function" && typeof doubleIntegral === "function";
}

/** The kinds of a kernel's hyper-parameters, written out. */
export function parameterKinds(kernel: Kernel): readonly ParameterKind[] {
  return kernel.parameterKinds ?? kernel.parameterNames.map(() => "positive" as const);
}
