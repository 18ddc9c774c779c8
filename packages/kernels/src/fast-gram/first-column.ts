import type { Matrix } from "@daily-kernel/compute";
import type { DerivativeTerm, DifferentiableKernel, Kernel } from "../kernel.ts";
import type { DigitalPoints } from "../shift-invariant/binary-points.ts";
import { asMatrix } from "./structure.ts";

/** k(x_i, x_0) as values plus a constant: split where a kernel can, since it saves digits. */
export function firstColumn(
  kernel: Kernel,
  points: DigitalPoints,
  first: DigitalPoints,
  terms: readonly DerivativeTerm[] | undefined,
): { values: Float64Array; constant: number } {
  const [x, z] = [asMatrix(points), asMatrix(first)];
  if (terms !== undefined) {
    const { data } = (kernel as DifferentiableKernel).gramDerivative(x, z, terms);
    return { values: data, constant: 0 };
  }
  if (splits(kernel)) return { values: kernel.gramMinusScale(x, z).data, constant: kernel.scale };
  return { values: kernel.gram(x, z).data, constant: 0 };
}

type Splitting = Kernel & { scale: number; gramMinusScale(x: Matrix, z: Matrix): Matrix };

/** Whether a kernel gives K - S, all entries less what they have in common. */
export const splits = (kernel: Kernel): kernel is Splitting =>
  typeof (kernel as Partial<Splitting>).gramMinusScale === "function";
