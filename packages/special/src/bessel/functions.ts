import { besselFunction, besselKernel } from "./bessel-function.ts";
import {
  logICurvatureX,
  logISlopeV,
  logISlopeX,
  logKCurvatureX,
  logKSlopeV,
  logKSlopeX,
} from "./derivatives.ts";
import { ratioI, ratioK } from "./ratio.ts";
import { logI, logIe, logK, logKe } from "./scalar.ts";

/**
 * log I_v(x), the logarithm of the modified Bessel function of the first kind, for v >= 0 (or a
 * negative integer) and x >= 0. At x = 0: 0 if v = 0, else -Infinity; x = Infinity: Infinity;
 * v = Infinity: -Infinity. Error below 4e-15 max(1, |log I|) everywhere; log I_0 of a small
 * argument keeps full relative accuracy. Constant time.
 * @throws RangeError `ERR_DOMAIN` for NaN, x < 0, a negative non-integer v, or both infinite.
 */
export const logBesselI = besselKernel("logBesselI", "integer", logI, 0);

/** log(exp(-x) I_v(x)), without the loss that log I - x has for large x. As `logBesselI`. */
export const logBesselIe = besselKernel("logBesselIe", "integer", logIe, 2);

/**
 * log K_v(x), the logarithm of the modified Bessel function of the second kind, for any real v
 * (K is even in v) and x >= 0. At x = 0 or infinite v: Infinity; x = Infinity: -Infinity. Error
 * below 4e-15 max(1, |log K|) everywhere. Constant time.
 * @throws RangeError `ERR_DOMAIN` for NaN, x < 0, or both infinite.
 */
export const logBesselK = besselKernel("logBesselK", "even", logK, 1);

/** log(exp(x) K_v(x)). As `logBesselK`. */
export const logBesselKe = besselKernel("logBesselKe", "even", logKe, 3);

/** I_{v+1}(x) / I_v(x) for v >= 0, x >= 0: in [0, 1], to full relative accuracy. */
export const besselIRatio = besselFunction("besselIRatio", "nonnegative", ratioI);

/** K_{v+1}(x) / K_v(x) for v >= 0, x >= 0: at least 1, to full relative accuracy. */
export const besselKRatio = besselFunction("besselKRatio", "nonnegative", ratioK);

/** d/dx log I_v(x) = v/x + I_{v+1}/I_v, to full relative accuracy. Orders as `logBesselI`. */
export const dLogBesselI_dx = besselFunction("dLogBesselI_dx", "integer", logISlopeX);

/** d/dx log K_v(x) = v/x - K_{v+1}/K_v, to full relative accuracy. Orders as `logBesselK`. */
export const dLogBesselK_dx = besselFunction("dLogBesselK_dx", "even", logKSlopeX);

/** d/dv log I_v(x) for v >= 0, by differentiating the same expansions. */
export const dLogBesselI_dv = besselFunction("dLogBesselI_dv", "nonnegative", logISlopeV);

/** d/dv log K_v(x) for v >= 0 (0 at v = 0), by differentiating the same expansions. */
export const dLogBesselK_dv = besselFunction("dLogBesselK_dv", "nonnegative", logKSlopeV);

/** d2/dx2 log I_v(x). Orders as `logBesselI`. */
export const d2LogBesselI_dx2 = besselFunction("d2LogBesselI_dx2", "integer", logICurvatureX);

/** d2/dx2 log K_v(x). Orders as `logBesselK`. */
export const d2LogBesselK_dx2 = besselFunction("d2LogBesselK_dx2", "even", logKCurvatureX);
