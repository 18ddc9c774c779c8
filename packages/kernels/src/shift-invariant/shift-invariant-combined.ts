import type { Matrix } from "@daily-kernel/compute";
import type { IntegrableKernel } from "../kernel.ts";
import { bernoulliCoefficients, bernoulliValue } from "./bernoulli.ts";
import type { Profile } from "./factors.ts";
import { pointsModOne } from "./mod-one.ts";
import { type Order, requirePlain } from "./orders.ts";
import { ProductFormKernel } from "./product-form.ts";
import { type ProductFormOptions, type ProductWeights, productWeights } from "./product-weights.ts";
import { centredDifferences } from "./shift-invariant.ts";
import { MIXED, mixture, mixtureIndices, mixtureNames, mixtureRows } from "./smoothness.ts";

export interface ShiftInvariantCombinedOptions extends ProductFormOptions {
  /** alpha_pj, the weight of order p = 1..4 in dimension j: one number, or 4 rows of d. Default 1. */
  alpha?: number | readonly ArrayLike<number>[] | undefined;
}

/** Of the profiles k_1 to k_4: coefficients in the square of 2 pi t. */
const PROFILES = Array.from({ length: MIXED }, (_, p) =>
  bernoulliCoefficients(2 * (p + 1)).map((c) => (p % 2 === 0 ? c : -c)),
);

/**
 * The shift-invariant kernel S prod_j (1 + gamma_j sum_p alpha_pj k_p(x_j - z_j mod 1)), k_p as in
 * `ShiftInvariantKernel`, p = 1..4: the smoothness is found by fitting the weights alpha. QMCPy:
 * KernelShiftInvarCombined (KernelSICombined), whose 2.4 puts B_p where its documentation and this
 * kernel have B_2p, and is not symmetric.
 */
export class ShiftInvariantCombinedKernel
  extends ProductFormKernel<Matrix, Matrix>
  implements IntegrableKernel
{
  readonly structure = "lattice";
  /** Order by order, 4 x d. */
  readonly #alpha: Float64Array;

  constructor(options: ShiftInvariantCombinedOptions) {
    const weights = productWeights("ShiftInvariantCombinedKernel", options);
    super(weights);
    this.#alpha = mixture("ShiftInvariantCombinedKernel", options.alpha, weights.dimension);
  }

  /** alpha, 4 rows of d numbers; a copy. */
  get alpha(): Float64Array[] {
    return mixtureRows(this.#alpha);
  }

  protected override read(fn: string, name: string, points: Matrix): Matrix {
    return pointsModOne(fn, name, points, this.dimension);
  }

  protected override own() {
    return { names: mixtureNames(this.dimension), values: this.#alpha };
  }

  protected override ownIndices(j: number): readonly number[] {
    return mixtureIndices(j, this.dimension);
  }

  protected override rebuild(weights: ProductWeights, own: Float64Array): this {
    return new ShiftInvariantCombinedKernel({ ...weights, alpha: mixtureRows(own) }) as this;
  }

  protected override profile(fn: string, j: number, order: Order): Profile<Matrix> {
    requirePlain(fn, order);
    const alpha = mixtureIndices(j, this.dimension).map((index) => this.#alpha[index]!);
    const sum = PROFILES[MIXED - 1]!.map((_, k) =>
      PROFILES.reduce((total, profile, p) => total + alpha[p]! * (profile[k] ?? 0), 0),
    );
    return (lane, values, gradients) => {
      centredDifferences(lane, j, values);
      for (let k = 0; k < lane.count; k++) {
        const t = values[k]!;
        values[k] = bernoulliValue(sum, false, t);
        for (let p = 0; gradients !== undefined && p < MIXED; p++) {
          gradients[p]![k] = alpha[p]! * bernoulliValue(PROFILES[p]!, false, t);
        }
      }
    };
  }
}
