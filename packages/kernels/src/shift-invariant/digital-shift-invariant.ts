import { domainError } from "@daily-kernel/compute";
import type { DifferentiableKernel, IntegrableKernel } from "../kernel.ts";
import { type DigitalPoints, type Digits, digitsOf } from "./binary-points.ts";
import type { Profile } from "./factors.ts";
import type { Order } from "./orders.ts";
import { ProductFormKernel } from "./product-form.ts";
import { type ProductFormOptions, type ProductWeights, productWeights } from "./product-weights.ts";
import { smoothnesses } from "./smoothness.ts";
import { fillProfile, type PlaceTable, walshTable } from "./walsh.ts";

export interface DigitalShiftInvariantOptions extends ProductFormOptions {
  /** Smoothness, an integer in 1..4: one number, or one a dimension. Default 2. */
  alpha?: number | ArrayLike<number> | undefined;
}

/**
 * The digitally shift-invariant kernel in base 2, S prod_j (1 + gamma_j k_alpha_j(x_j xor z_j)):
 * k_a(x) = sum_{h >= 1} wal_h(x) 2^-mu_a(h) for a = 2, 3, 4, where mu_a adds the places of the a
 * leading digits 1 of h (Dick 2008, 2009; a = 4: Sorokin 2025), and
 * k_1(x) = sum_{h >= 1} wal_h(x) 2^(-2 floor(log2 h) - 1) = 1 - 3 2^floor(log2 x). The closed forms
 * are exact for any number of digits. QMCPy: KernelDigShiftInvar (KernelDSI), whose 2.4 cuts a
 * series of k_4 at 1e-8.
 *
 * A derivative of orders b and b' takes W of order alpha - b - b' (the series with its term h = 0)
 * times (-2)^(b + b'), as in QMCPy; the order that is left must be 2 at least.
 */
export class DigitalShiftInvariantKernel
  extends ProductFormKernel<Digits, DigitalPoints>
  implements DifferentiableKernel, IntegrableKernel
{
  readonly structure = "net";
  readonly #alpha: Float64Array;

  constructor(options: DigitalShiftInvariantOptions) {
    const weights = productWeights("DigitalShiftInvariantKernel", options);
    super(weights);
    this.#alpha = smoothnesses("DigitalShiftInvariantKernel", options.alpha, weights.dimension, 4);
  }

  /** alpha, one a dimension; a copy. */
  get alpha(): Float64Array {
    return this.#alpha.slice();
  }

  protected override read(fn: string, name: string, points: DigitalPoints): Digits {
    return digitsOf(fn, name, points, this.dimension);
  }

  protected override own() {
    return { names: [], values: [] };
  }

  protected override ownIndices(): readonly number[] {
    return [];
  }

  protected override rebuild(weights: ProductWeights): this {
    return new DigitalShiftInvariantKernel({ ...weights, alpha: this.#alpha }) as this;
  }

  protected override profile(fn: string, j: number, { x, z }: Order): Profile<Digits> {
    const alpha = this.#alpha[j]!;
    const order = alpha - x - z;
    if (x + z === 0) return profileOf(walshTable(order), j);
    if (order < 2) {
      throw domainError(
        `${fn}: derivatives in dimension ${j} must leave an order of 2 at least, got alpha - b - b' = ${alpha} - ${x} - ${z}`,
      );
    }
    return profileOf(walshTable(order, 0, (-2) ** (x + z)), j);
  }
}

const profileOf =
  (table: PlaceTable, j: number): Profile<Digits> =>
  (lane, values) =>
    fillProfile(table, lane, j, values);
