import type { IntegrableKernel } from "../kernel.ts";
import { checkPositive } from "../standard/check-points.ts";
import { type DigitalPoints, type Digits, digitsOf } from "./binary-points.ts";
import type { Profile } from "./factors.ts";
import { type Order, requirePlain } from "./orders.ts";
import { ProductFormKernel } from "./product-form.ts";
import { type ProductFormOptions, type ProductWeights, productWeights } from "./product-weights.ts";
import { perDimension } from "./smoothness.ts";
import { constantTable, fillProfile, PLACES, type PlaceTable } from "./walsh.ts";

export interface DigitalShiftInvariantAdaptiveOptions extends ProductFormOptions {
  /** Smoothness, a positive number: one, or one a dimension. Default 1. */
  alpha?: number | ArrayLike<number> | undefined;
}

/**
 * The digitally shift-invariant kernel S prod_j (1 + gamma_j k_alpha_j(x_j xor z_j)) of real
 * smoothness: k_a(x) = sum_{h >= 1} wal_h(x) 2^(-(a + 1) floor(log2 h))
 * = nu - (nu + 1) 2^(a (floor(log2 x) + 1)) with nu = 1 / (1 - 2^-a) (Dick and Pillichshammer 2005),
 * which has no value at a = 0. alpha is a hyper-parameter. QMCPy: KernelDigShiftInvarAdaptiveAlpha
 * (KernelDSIAA).
 */
export class DigitalShiftInvariantAdaptiveKernel
  extends ProductFormKernel<Digits, DigitalPoints>
  implements IntegrableKernel
{
  readonly structure = "net";
  readonly #alpha: Float64Array;

  constructor(options: DigitalShiftInvariantAdaptiveOptions) {
    const name = "DigitalShiftInvariantAdaptiveKernel";
    const weights = productWeights(name, options);
    super(weights);
    this.#alpha = perDimension(name, options.alpha ?? 1, weights.dimension);
    for (const [j, alpha] of this.#alpha.entries()) checkPositive(name, `alpha[${j}]`, alpha);
  }

  /** alpha, one a dimension; a copy. */
  get alpha(): Float64Array {
    return this.#alpha.slice();
  }

  protected override read(fn: string, name: string, points: DigitalPoints): Digits {
    return digitsOf(fn, name, points, this.dimension);
  }

  protected override own() {
    const { length } = this.#alpha;
    return { names: Array.from({ length }, (_, j) => `alpha[${j}]`), values: this.#alpha };
  }

  protected override ownIndices(j: number): readonly number[] {
    return [j];
  }

  protected override rebuild(weights: ProductWeights, own: Float64Array): this {
    return new DigitalShiftInvariantAdaptiveKernel({ ...weights, alpha: own }) as this;
  }

  protected override profile(fn: string, j: number, order: Order): Profile<Digits> {
    requirePlain(fn, order);
    const table = profileTable(this.#alpha[j]!);
    return (lane, values, gradients) => {
      fillProfile(table.values, lane, j, values);
      if (gradients !== undefined) fillProfile(table.gradients, lane, j, gradients[0]!);
    };
  }
}

/** The profile and its derivative in log alpha, by the leading place of x: 1..64, or 0 for x = 0. */
function profileTable(alpha: number): { values: PlaceTable; gradients: PlaceTable } {
  const nu = -1 / Math.expm1(-alpha * Math.LN2);
  const dNu = -Math.LN2 * 2 ** -alpha * nu * nu;
  const values = new Float64Array(PLACES);
  const gradients = new Float64Array(PLACES);
  for (let place = 0; place < PLACES; place++) {
    const decay = place === 0 ? 0 : 2 ** (alpha * (1 - place));
    values[place] = nu - (nu + 1) * decay;
    gradients[place] = alpha * (dNu * (1 - decay) - (nu + 1) * Math.LN2 * (1 - place) * decay);
  }
  return { values: constantTable(values), gradients: constantTable(gradients) };
}
