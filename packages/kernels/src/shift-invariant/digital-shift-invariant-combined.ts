import type { IntegrableKernel } from "../kernel.ts";
import { type DigitalPoints, type Digits, digitsOf } from "./binary-points.ts";
import type { Profile } from "./factors.ts";
import { type Order, requirePlain } from "./orders.ts";
import { ProductFormKernel } from "./product-form.ts";
import { type ProductFormOptions, type ProductWeights, productWeights } from "./product-weights.ts";
import { MIXED, mixture, mixtureIndices, mixtureNames, mixtureRows } from "./smoothness.ts";
import { fillProfile, walshTable } from "./walsh.ts";

export interface DigitalShiftInvariantCombinedOptions extends ProductFormOptions {
  /** alpha_pj, the weight of order p = 1..4 in dimension j: one number, or 4 rows of d. Default 1. */
  alpha?: number | readonly ArrayLike<number>[] | undefined;
}

/** Of the profiles k_1 to k_4. */
const PROFILES = Array.from({ length: MIXED }, (_, p) => walshTable(p + 1));

/**
 * The digitally shift-invariant kernel S prod_j (1 + gamma_j sum_p alpha_pj k_p(x_j xor z_j)), k_p
 * as in `DigitalShiftInvariantKernel`, p = 1..4: the smoothness is found by fitting the weights
 * alpha. QMCPy: KernelDigShiftInvarCombined (KernelDSICombined).
 */
export class DigitalShiftInvariantCombinedKernel
  extends ProductFormKernel<Digits, DigitalPoints>
  implements IntegrableKernel
{
  readonly structure = "net";
  /** Order by order, 4 x d. */
  readonly #alpha: Float64Array;

  constructor(options: DigitalShiftInvariantCombinedOptions) {
    const weights = productWeights("DigitalShiftInvariantCombinedKernel", options);
    super(weights);
    this.#alpha = mixture("DigitalShiftInvariantCombinedKernel", options.alpha, weights.dimension);
  }

  /** alpha, 4 rows of d numbers; a copy. */
  get alpha(): Float64Array[] {
    return mixtureRows(this.#alpha);
  }

  protected override read(fn: string, name: string, points: DigitalPoints): Digits {
    return digitsOf(fn, name, points, this.dimension);
  }

  protected override own() {
    return { names: mixtureNames(this.dimension), values: this.#alpha };
  }

  protected override ownIndices(j: number): readonly number[] {
    return mixtureIndices(j, this.dimension);
  }

  protected override rebuild(weights: ProductWeights, own: Float64Array): this {
    return new DigitalShiftInvariantCombinedKernel({ ...weights, alpha: mixtureRows(own) }) as this;
  }

  protected override profile(fn: string, j: number, order: Order): Profile<Digits> {
    requirePlain(fn, order);
    const parts = mixtureIndices(j, this.dimension).map((index, p) =>
      PROFILES[p]!.map((v) => this.#alpha[index]! * v),
    );
    const sum = parts[0]!.map((_, i) => parts.reduce((total, part) => total + part[i]!, 0));
    return (lane, values, gradients) => {
      fillProfile(sum, lane, j, values);
      for (let p = 0; gradients !== undefined && p < MIXED; p++) {
        fillProfile(parts[p]!, lane, j, gradients[p]!);
      }
    };
  }
}
