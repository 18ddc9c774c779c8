import { debyeSize, debyeTerms, inDebyeRegion, isFar, radius } from "./debye.ts";
import { debyeSlopes } from "./debye-slopes.ts";
import { powerSeriesTail } from "./series.ts";
import { TEMME_LIMIT, temme } from "./temme.ts";
import { trapezoidMeans } from "./trapezoid.ts";

/** I_{v+1}(x) / (x I_v(x)) below the Debye region; 1 / (2v + 2) at x = 0. */
export function ratioIOverX(v: number, x: number): number {
  return (1 + powerSeriesTail(v + 1, x)) / (1 + powerSeriesTail(v, x)) / (2 * (v + 1));
}

/** I_{v+1}(x) / I_v(x) for finite v >= 0, x >= 0, unchecked: in [0, 1], relatively accurate. */
export function ratioI(v: number, x: number): number {
  if (x === 0) return 0;
  if (x === Infinity) return 1;
  if (v === Infinity) return 0;
  if (isFar(v, x)) return ratioI(v / 4, x / 4);
  if (!inDebyeRegion(v, x)) return x * ratioIOverX(v, x);
  const r = radius(v, x);
  const s = debyeSlopes(r, v / r, (x / r) ** 2, debyeTerms(debyeSize(v, x)), 1);
  return x / (r + v) - (x / r) * ((0.5 + s.x) / r);
}

/** x K_{v+1}(x) / K_v(x) for v < 16 and 0 < x <= 1. */
export function rhoKSmall(v: number, x: number): number {
  const n = Math.round(v);
  let { rho } = temme(v - n, x);
  for (let j = 0; j < n; j++) rho = 2 * (v - n + j + 1) + (x * x) / rho;
  return rho;
}

/** K_{v+1}(x) / K_v(x) for v >= 0, x >= 0, unchecked: relatively accurate. */
export function ratioK(v: number, x: number): number {
  if (x === 0 || v === Infinity) return Infinity;
  if (x === Infinity) return 1;
  if (isFar(v, x)) return ratioK(v / 4, x / 4);
  const r = radius(v, x);
  if (inDebyeRegion(v, x)) {
    const s = debyeSlopes(r, v / r, (x / r) ** 2, debyeTerms(debyeSize(v, x)), -1);
    return (r + v) / x + (x / r) * ((0.5 + s.x) / r);
  }
  if (x <= TEMME_LIMIT) return rhoKSmall(v, x) / x;
  return ((v + r) / x) * trapezoidMeans(v, r).up;
}
