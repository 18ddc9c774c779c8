import { DigitalShiftInvariantKernel } from "@daily-kernel/kernels";
import type { Integrand } from "../integrands/integrand.ts";
import { CubQMCBayes, type CubQMCBayesOptions } from "./cub-qmc-bayes.ts";

/**
 * Bayesian integration on a digital net in base 2, with the digitally shift-invariant kernel of order
 * 1.
 */
export class CubQMCBayesNetG extends CubQMCBayes {
  override readonly name = "CubQMCBayesNetG";

  constructor(integrand: Integrand, options: CubQMCBayesOptions = {}) {
    super("CubQMCBayesNetG", integrand, options, "net");
  }

  protected override kernel(theta: number): DigitalShiftInvariantKernel {
    const { dimension } = this.integrand.sequence;
    return new DigitalShiftInvariantKernel({ dimension, alpha: 1, lengthscales: theta / 10 });
  }
}
