import type { Integrand } from "../integrands/integrand.ts";
import { CubQMCG, type CubQMCGOptions } from "./cub-qmc-g.ts";

/**
 * Guaranteed integration on a digital net in base 2 in natural order, by discrete Walsh coefficients
 * (Hickernell and Jimenez Rugama 2016).
 */
export class CubQMCNetG extends CubQMCG {
  override readonly name = "CubQMCNetG";

  constructor(integrand: Integrand, options: CubQMCGOptions = {}) {
    super("CubQMCNetG", integrand, options, "net");
  }
}
