import {
  debyeSize,
  debyeSum,
  debyeTerms,
  HALF_LOG_2PI,
  HALF_LOG_HALF_PI,
  inDebyeRegion,
  radius,
  vEta,
  vEtaMinusX,
} from "./debye.ts";
import { logBesselISeries } from "./series.ts";
import { logBesselKSmall, TEMME_LIMIT } from "./temme.ts";
import { logTrapezoidSum } from "./trapezoid.ts";

/** The limits of log I (scaled or not) at x = 0 and v = Infinity; undefined elsewhere. */
function limitI(v: number, x: number): number | undefined {
  if (x === 0) return v === 0 ? 0 : -Infinity;
  return v === Infinity ? -Infinity : undefined;
}

/** log I_v(x) for v >= 0, x >= 0, unchecked. */
export function logI(v: number, x: number): number {
  const limit = limitI(v, x);
  if (limit !== undefined) return limit;
  if (x === Infinity) return Infinity;
  if (!inDebyeRegion(v, x)) return logBesselISeries(v, x);
  const r = radius(v, x);
  const sum = debyeSum(r, v / r, debyeTerms(debyeSize(v, x)), 1);
  return vEta(v, x, r) + (sum - 0.5 * Math.log(r) - HALF_LOG_2PI);
}

/** log(exp(-x) I_v(x)), unchecked. */
export function logIe(v: number, x: number): number {
  const limit = limitI(v, x);
  if (limit !== undefined) return limit;
  if (x === Infinity) return -Infinity;
  if (!inDebyeRegion(v, x)) return logBesselISeries(v, x) - x;
  const r = radius(v, x);
  const sum = debyeSum(r, v / r, debyeTerms(debyeSize(v, x)), 1);
  return vEtaMinusX(v, x, r) + (sum - 0.5 * Math.log(r) - HALF_LOG_2PI);
}

/** log K_v(x) for v >= 0, x >= 0, unchecked. */
export function logK(v: number, x: number): number {
  if (x === 0 || v === Infinity) return Infinity;
  if (x === Infinity) return -Infinity;
  const debye = inDebyeRegion(v, x);
  if (!debye && x <= TEMME_LIMIT) return logBesselKSmall(v, x);
  const r = radius(v, x);
  if (!debye) return logTrapezoidSum(v, r) - vEta(v, x, r);
  const sum = debyeSum(r, v / r, debyeTerms(debyeSize(v, x)), -1);
  return sum - 0.5 * Math.log(r) + HALF_LOG_HALF_PI - vEta(v, x, r);
}

/** log(exp(x) K_v(x)), unchecked. */
export function logKe(v: number, x: number): number {
  if (x === 0 || v === Infinity) return Infinity;
  if (x === Infinity) return -Infinity;
  const debye = inDebyeRegion(v, x);
  if (!debye && x <= TEMME_LIMIT) return logBesselKSmall(v, x) + x;
  const r = radius(v, x);
  if (!debye) return logTrapezoidSum(v, r) - vEtaMinusX(v, x, r);
  const sum = debyeSum(r, v / r, debyeTerms(debyeSize(v, x)), -1);
  return sum - 0.5 * Math.log(r) + HALF_LOG_HALF_PI - vEtaMinusX(v, x, r);
}
