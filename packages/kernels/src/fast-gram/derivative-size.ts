import { type Matrix, matrix } from "@daily-kernel/compute";
import type { DerivativeTerm, DifferentiableKernel } from "../kernel.ts";
import type { DigitalPoints } from "../shift-invariant/binary-points.ts";
import { isBinary } from "../shift-invariant/binary-points.ts";

/** Differences that no lattice of a size to speak of has, a different one in each dimension. */
const STEP = (Math.sqrt(5) - 1) / 2;
const LOOKS = 16;

/**
 * How large a derivative of a kernel is, of whose rounding a Gram matrix on a lattice may consist: an
 * odd one is 0 at differences of 0 and 1/2. Looks at differences off the lattice.
 */
export function derivativeSize(
  kernel: DifferentiableKernel,
  first: DigitalPoints,
  terms: readonly DerivativeTerm[],
): number {
  if (isBinary(first)) return 0; // of a net, whose first column shows it
  const d = first.cols;
  const looks = matrix(LOOKS, d);
  for (let i = 0; i < LOOKS; i++) {
    for (let j = 0; j < d; j++) {
      const moved = first.data[j]! + STEP * (i + 1) * (j + 1);
      looks.data[i * d + j] = moved - Math.floor(moved);
    }
  }
  return largest(kernel.gramDerivative(looks, first, terms));
}

function largest({ data }: Matrix): number {
  return data.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
}
