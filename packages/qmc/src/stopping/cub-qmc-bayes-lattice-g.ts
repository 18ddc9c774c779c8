import { domainError } from "@daily-kernel/compute";
import { ShiftInvariantKernel } from "@daily-kernel/kernels";
import type { Integrand } from "../integrands/integrand.ts";
import { checkPeriodization, type Periodization } from "../integrands/periodization.ts";
import { CubQMCBayes, type CubQMCBayesOptions } from "./cub-qmc-bayes.ts";

export interface CubQMCBayesLatticeGOptions extends CubQMCBayesOptions {
  /** `"C1sin"` by default. */
  periodization?: Periodization;
  /** Half the degree of the Bernoulli polynomials of the kernel: 1 or 2 (the default). */
  order?: 1 | 2;
}

/** (2 a)! / (2 pi)^(2 a): makes the polynomial of the kernel the Bernoulli polynomial itself. */
const unscaled = { 1: 2 / (2 * Math.PI) ** 2, 2: 24 / (2 * Math.PI) ** 4 };

/** Bayesian integration on a shifted lattice, with shift-invariant kernels of Bernoulli polynomials. */
export class CubQMCBayesLatticeG extends CubQMCBayes {
  override readonly name = "CubQMCBayesLatticeG";
  protected override readonly periodization: Periodization;
  readonly #order: 1 | 2;

  constructor(integrand: Integrand, options: CubQMCBayesLatticeGOptions = {}) {
    super("CubQMCBayesLatticeG", integrand, options, "lattice", ["periodization", "order"]);
    const { periodization = "C1sin", order = 2 } = options;
    if (order !== 1 && order !== 2) {
      throw domainError(`CubQMCBayesLatticeG: order must be 1 or 2, got ${order}`);
    }
    this.periodization = checkPeriodization("CubQMCBayesLatticeG", periodization);
    this.#order = order;
  }

  protected override kernel(theta: number): ShiftInvariantKernel {
    return new ShiftInvariantKernel({
      dimension: this.integrand.sequence.dimension,
      alpha: this.#order,
      lengthscales: theta * unscaled[this.#order],
    });
  }
}
