import { checkPositive } from "./check-points.ts";
import { LARGEST_ORDER } from "./gram-derivative.ts";
import { RadialKernel, type StandardKernelOptions } from "./radial-kernel.ts";
import { gammaMixture, type Mixture } from "./unit-cube.ts";

export interface RationalQuadraticOptions extends StandardKernelOptions {
  /** Small: heavy tails, many lengths at once; large: nearly Gaussian. Default 1. */
  alpha?: number | undefined;
}

/**
 * S (1 + q / alpha)^(-alpha), q = sum_j (x_j - z_j)^2 / (2 gamma_j^2): a mixture of Gaussians of
 * rate s / alpha, s ~ Gamma(alpha).
 */
export class RationalQuadraticKernel extends RadialKernel {
  readonly smoothness = LARGEST_ORDER;
  readonly alpha: number;

  constructor(options: RationalQuadraticOptions) {
    super(options);
    const { alpha = 1 } = options;
    checkPositive("RationalQuadraticKernel", "alpha", alpha);
    this.alpha = alpha;
  }

  protected override profile(q: number): number {
    return Math.exp(-this.alpha * Math.log1p(q / this.alpha));
  }

  protected override profileDerivative(n: number, q: number): number {
    const { alpha } = this;
    let factor = 1;
    for (let k = 0; k < n; k++) factor *= -(1 + k / alpha);
    return factor * Math.exp(-(alpha + n) * Math.log1p(q / alpha));
  }

  protected override shape() {
    return { alpha: this.alpha };
  }

  protected override shapeGradient(n: number, q: number): number {
    const { alpha } = this;
    const ratio = q / alpha;
    let slope = ((alpha + n) * ratio) / (1 + ratio) - alpha * Math.log1p(ratio);
    for (let k = 1; k < n; k++) slope -= k / (alpha + k);
    return slope * this.profileDerivative(n, q);
  }

  protected override mixture(): Mixture {
    return gammaMixture(this.alpha, (s) => s / this.alpha);
  }
}
