import { asinhRatio, debyeSize, debyeTerms, inDebyeRegion, isFar, radius } from "./debye.ts";
import { type DebyeSlopes, debyeSlopes } from "./debye-slopes.ts";
import { logBesselISeriesSlope } from "./order-series.ts";
import { logBesselKSmallSlope } from "./order-temme.ts";
import { ratioI, ratioIOverX, ratioK, rhoKSmall } from "./ratio.ts";
import { TEMME_LIMIT } from "./temme.ts";
import { trapezoidMeans } from "./trapezoid.ts";

const slopesAt = (v: number, x: number, r: number, sign: number): DebyeSlopes =>
  debyeSlopes(r, v / r, (x / r) ** 2, debyeTerms(debyeSize(v, x)), sign);

/** d/dx log I_v(x), unchecked; v/x + I_{v+1}/I_v, all of it positive. */
export function logISlopeX(v: number, x: number): number {
  if (v === 0) return ratioI(0, x);
  if (x === 0 || v === Infinity) return Infinity;
  if (x === Infinity) return 1;
  if (isFar(v, x)) return logISlopeX(v / 4, x / 4);
  if (!inDebyeRegion(v, x)) return v / x + ratioI(v, x);
  const r = radius(v, x);
  return r / x - (x / r) * ((0.5 + slopesAt(v, x, r, 1).x) / r);
}

/** d/dx log K_v(x), unchecked. */
export function logKSlopeX(v: number, x: number): number {
  if (x === 0 || v === Infinity) return -Infinity;
  if (x === Infinity) return -1;
  if (isFar(v, x)) return logKSlopeX(v / 4, x / 4);
  const r = radius(v, x);
  if (inDebyeRegion(v, x)) return -r / x - (x / r) * ((0.5 + slopesAt(v, x, r, -1).x) / r);
  return x <= TEMME_LIMIT ? (v - rhoKSmall(v, x)) / x : v / x - ratioK(v, x);
}

/** d/dv log I_v(x), unchecked. */
export function logISlopeV(v: number, x: number): number {
  if (x === 0 || v === Infinity) return -Infinity;
  if (x === Infinity) return 0;
  if (!inDebyeRegion(v, x)) return logBesselISeriesSlope(v, x);
  const r = radius(v, x);
  return (v / r) * ((slopesAt(v, x, r, 1).v - 0.5) / r) - asinhRatio(v, x, r);
}

/** d/dv log K_v(x), unchecked. */
export function logKSlopeV(v: number, x: number): number {
  if (v === 0) return 0;
  if (x === 0 || v === Infinity) return Infinity;
  if (x === Infinity) return 0;
  const debye = inDebyeRegion(v, x);
  if (!debye && x <= TEMME_LIMIT) return logBesselKSmallSlope(v, x);
  const r = radius(v, x);
  if (!debye) return asinhRatio(v, x, r) + trapezoidMeans(v, r).shift;
  return (v / r) * ((slopesAt(v, x, r, -1).v - 0.5) / r) + asinhRatio(v, x, r);
}

/** The second derivative in x of the Debye form: sign = 1 for I, -1 for K. */
function debyeCurvature(v: number, x: number, sign: number): number {
  const far = isFar(v, x) ? 0.25 : 1;
  const r = radius(far * v, far * x);
  const t = (far * v) / r;
  const s = slopesAt(v, x, r, sign);
  const c = (far * x) / r;
  const spread = ((t - c) * (t + c) * (0.5 + s.x) - c * c * s.xx) / r / r;
  return -sign * t * (v / x / x) - spread;
}

/** d2/dx2 log I_v(x), unchecked: from the equation, L'' = 1 + v^2/x^2 - L'/x - L'^2. */
export function logICurvatureX(v: number, x: number): number {
  if (x === 0) return v === 0 ? 0.5 : -Infinity;
  if (x === Infinity) return 0;
  if (v === Infinity) return -Infinity;
  if (inDebyeRegion(v, x)) return debyeCurvature(v, x, 1);
  const up = ratioIOverX(v, x);
  return 1 - v / x / x - (2 * v + 1) * up - (x * up) ** 2;
}

/** d2/dx2 log K_v(x), unchecked. */
export function logKCurvatureX(v: number, x: number): number {
  if (x === 0 || v === Infinity) return Infinity;
  if (x === Infinity) return 0;
  if (inDebyeRegion(v, x)) return debyeCurvature(v, x, -1);
  if (x > TEMME_LIMIT) return trapezoidMeans(v, radius(v, x)).spread / x / x;
  if (v < 1) {
    const rho = rhoKSmall(v, x);
    return 1 + (rho * (2 * v + 1 - rho) - v) / x / x;
  }
  // the same through rho - 2 v = x^2 / rho of the order below, without the cancellation
  const below = rhoKSmall(v - 1, x);
  return 1 + v / x / x + (1 - 2 * v - (x * x) / below) / below;
}
