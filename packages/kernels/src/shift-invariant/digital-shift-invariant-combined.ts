import type { IntegrableKernel } from "../kernel.ts";
import { type DigitalPoints, type Digits, digitsOf, eachXor } from "./binary-points.ts";
import type { Profile } from "./factors.ts";
import { type Order, requirePlain } from "./orders.ts";
import { ProductFormKernel } from "./product-form.ts";
import { type ProductFormOptions, type ProductWeights, productWeights } from "./product-weights.ts";
import { MIXED, mixture, mixtureIndices, mixtureNames, mixtureRows } from "./smoothness.ts";
import { walshProfile } from "./walsh.ts";

export interface DigitalShiftInvariantCombinedOptions extends ProductFormOptions {
  /** alpha_pj, the weight of order p = 1..4 in dimension j: one number, or 4 rows of d. Default 1. */
  alpha?: number | readonly ArrayLike<number>[] | undefined;
}

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
    const alpha = mixtureIndices(j, this.dimension).map((index) => this.#alpha[index]!);
    return (lane, values, gradients) =>
      eachXor(lane, j, (k, high, low) => {
        let sum = 0;
        for (let p = 0; p < MIXED; p++) {
          const part = alpha[p]! * walshProfile(p + 1, high, low);
          if (gradients !== undefined) gradients[p]![k] = part;
          sum += part;
        }
        values[k] = sum;
      });
  }
}
