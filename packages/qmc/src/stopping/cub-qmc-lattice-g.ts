import type { Integrand } from "../integrands/integrand.ts";
import { checkPeriodization, type Periodization } from "../integrands/periodization.ts";
import { CubQMCG, type CubQMCGOptions } from "./cub-qmc-g.ts";

export interface CubQMCLatticeGOptions extends CubQMCGOptions {
  /**
   * `"C1sin"` by default: the Baker transform leaves kinks whose coefficients decay too slowly for the
   * error bound where the integrand is not flat, as after a map to a Gaussian.
   */
  periodization?: Periodization;
}

/**
 * Guaranteed integration on a shifted rank-1 lattice in natural order, by discrete Fourier
 * coefficients of the periodised integrand (Jimenez Rugama and Hickernell 2016).
 */
export class CubQMCLatticeG extends CubQMCG {
  override readonly name = "CubQMCLatticeG";
  protected override readonly periodization: Periodization;

  constructor(integrand: Integrand, options: CubQMCLatticeGOptions = {}) {
    super("CubQMCLatticeG", integrand, options, "lattice", ["periodization"]);
    const { periodization = "C1sin" } = options;
    this.periodization = checkPeriodization("CubQMCLatticeG", periodization);
  }
}
