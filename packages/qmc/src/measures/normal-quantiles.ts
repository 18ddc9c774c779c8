import { inverseNormalCdf } from "@daily-kernel/special";

/** Standard normal quantiles of `u` in `out`, which may be `u`. */
export function normalQuantiles(u: Float64Array, out: Float64Array): Float64Array {
  for (let k = 0; k < u.length; k++) out[k] = inverseNormalCdf(u[k]!);
  return out;
}
