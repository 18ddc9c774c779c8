import { domainError, type Matrix } from "@daily-kernel/compute";
import type { DifferentiableKernel, IntegrableKernel } from "../kernel.ts";
import { bernoulliCoefficients, bernoulliValue, centredDifference } from "./bernoulli.ts";
import type { Profile } from "./factors.ts";
import type { Lane } from "./lanes.ts";
import { pointsModOne } from "./mod-one.ts";
import type { Order } from "./orders.ts";
import { ProductFormKernel } from "./product-form.ts";
import { type ProductFormOptions, type ProductWeights, productWeights } from "./product-weights.ts";
import { smoothnesses } from "./smoothness.ts";

export interface ShiftInvariantOptions extends ProductFormOptions {
  /** Smoothness, an integer in 1..20: one number, or one a dimension. Default 2. */
  alpha?: number | ArrayLike<number> | undefined;
}

/** Fills `t` with x_j - z_j mod 1, less 1/2. */
export function centredDifferences(
  { a, b, aRow, aStep, bRow, bStep, count }: Lane<Matrix>,
  j: number,
  t: Float64Array,
): void {
  const d = a.cols;
  for (
    let k = 0, p = aRow * d + j, q = bRow * d + j;
    k < count;
    k++, p += aStep * d, q += bStep * d
  ) {
    t[k] = centredDifference(a.data[p]!, b.data[q]!);
  }
}

/**
 * The shift-invariant kernel S prod_j (1 + gamma_j k_alpha_j(x_j - z_j mod 1)) with
 * k_a(x) = (-1)^(a+1) (2 pi)^(2a) B_2a(x) / (2a)! = 2 sum_{h >= 1} cos(2 pi h x) / h^(2a), of
 * 1-periodic functions whose alpha-th derivative is square integrable (Kaarnioja, Kuo and Sloan
 * 2022). QMCPy: KernelShiftInvar (KernelSI). Derivatives need 2 alpha_j - b_j - b'_j >= 2.
 */
export class ShiftInvariantKernel
  extends ProductFormKernel<Matrix, Matrix>
  implements DifferentiableKernel, IntegrableKernel
{
  readonly structure = "lattice";
  readonly #alpha: Float64Array;

  constructor(options: ShiftInvariantOptions) {
    const weights = productWeights("ShiftInvariantKernel", options);
    super(weights);
    this.#alpha = smoothnesses("ShiftInvariantKernel", options.alpha, weights.dimension, 20);
  }

  /** alpha, one a dimension; a copy. */
  get alpha(): Float64Array {
    return this.#alpha.slice();
  }

  protected override read(fn: string, name: string, points: Matrix): Matrix {
    return pointsModOne(fn, name, points, this.dimension);
  }

  protected override own() {
    return { names: [], values: [] };
  }

  protected override ownIndices(): readonly number[] {
    return [];
  }

  protected override rebuild(weights: ProductWeights): this {
    return new ShiftInvariantKernel({ ...weights, alpha: this.#alpha }) as this;
  }

  protected override profile(fn: string, j: number, { x, z }: Order): Profile<Matrix> {
    const alpha = this.#alpha[j]!;
    const order = 2 * alpha - x - z;
    if (order < 2) {
      throw domainError(
        `${fn}: derivatives in dimension ${j} must have a total order of at most 2 alpha - 2 = ${2 * alpha - 2}, got ${x} + ${z}`,
      );
    }
    const odd = order % 2 === 1;
    const factor = ((alpha + z) % 2 === 1 ? 1 : -1) * (2 * Math.PI) ** (x + z);
    const coefficients = bernoulliCoefficients(order).map((c) => factor * c);
    return (lane, values) => {
      centredDifferences(lane, j, values);
      for (let k = 0; k < lane.count; k++) {
        values[k] = bernoulliValue(coefficients, odd, values[k]!);
      }
    };
  }
}
