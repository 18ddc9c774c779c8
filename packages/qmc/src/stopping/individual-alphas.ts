import { checkNumber } from "../check-options.ts";
import type { Integrand } from "../integrands/integrand.ts";

/**
 * The uncertainty that each integral may have so that every combined solution has `alpha`: that of a
 * solution is shared evenly by the integrals which it depends on, and an integral of several solutions
 * takes the smallest share (Bonferroni).
 */
export function individualAlphas(where: string, integrand: Integrand, alpha: number): Float64Array {
  checkNumber(where, "alpha", alpha, "in (0, 1)", (value) => value > 0 && value < 1);
  const { combinedOutputs, outputs } = integrand;
  const alphas = new Float64Array(outputs).fill(alpha);
  for (let k = 0; k < combinedOutputs; k++) {
    const only = new Uint8Array(combinedOutputs);
    only[k] = 1;
    const parts = integrand.dependency(only);
    const share = alpha / parts.reduce((sum, part) => sum + part, 0);
    for (let j = 0; j < outputs; j++) {
      if (parts[j]) alphas[j] = Math.min(alphas[j]!, share);
    }
  }
  return alphas;
}
