import { checkedOrder } from "./domain.ts";

/** A row of the paper's switching table; `mu` is the expansion for large x, `U` for large v. */
export type BesselRegion = "mu_3" | "mu_20" | "U_4" | "U_6" | "U_9" | "U_13" | "fallback";

/**
 * The expansion that Table 1 of "Accurate Computation of the Logarithm of Modified Bessel
 * Functions on GPUs" (arXiv 2409.08729) chooses for (v, x); the first true row wins. The functions
 * of this package do not need it: their expansion is uniform in v (see debye.ts).
 * @throws RangeError `ERR_DOMAIN` unless v >= 0 and x >= 0, or for both infinite.
 */
export function besselRegion(v: number, x: number): BesselRegion {
  checkedOrder("besselRegion", "nonnegative", v, x);
  const logX = Math.log(x);
  const logV = Math.log(v);
  if ((x > 1400 && v < 3.05) || (logV < 0.6229 * logX - 3.2318 && v > 3.1)) return "mu_3";
  if ((x > 30 && v < 15.3919) || (logV < 0.5113 * logX + 0.7939 && x > 59.6925)) return "mu_20";
  if ((x > 274.2377 && v > 0.3) || v > 163.6993) return "U_4";
  if ((x > 84.4153 && v > 0.46) || v > 56.9971) return "U_6";
  if ((x > 35.9074 && v > 0.6) || v > 20.1534) return "U_9";
  if ((x > 19.6931 && v > 0.7) || v > 12.6964) return "U_13";
  return "fallback";
}
