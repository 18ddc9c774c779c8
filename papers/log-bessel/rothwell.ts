import { besselRegion, lgamma, logBesselK } from "@daily-kernel/special";

const PANELS = 600;
const POWER = 8;

/**
 * log K_v(x) as the paper has it in its fallback region: Rothwell's integral over [0, 1] by
 * Simpson's rule with 600 panels, on the log scale. Elsewhere our log K.
 */
export function rothwellLogBesselK(v: number, x: number): number {
  if (besselRegion(v, x) !== "fallback" || x === 0) return logBesselK(v, x);
  const beta = (2 * POWER) / (2 * v + 1);
  const logs: number[] = [];
  for (let i = 0; i <= PANELS; i++) {
    const weight = Math.log(i === 0 || i === PANELS ? 1 : i % 2 === 1 ? 4 : 2);
    const u = i / PANELS;
    const power = u ** beta;
    const g =
      Math.log(beta) - power + (v - 0.5) * Math.log(2 * x + power) + (POWER - 1) * Math.log(u);
    const h = -1 / u - (2 * v + 1) * Math.log(u) + (v - 0.5) * Math.log(2 * x * u + 1);
    // both integrands vanish at u = 0
    if (i > 0) logs.push(weight + g, weight + h);
  }
  const top = Math.max(...logs);
  const sum = logs.reduce((total, value) => total + Math.exp(value - top), 0);
  const logIntegral = top + Math.log(sum) - Math.log(3 * PANELS);
  return 0.5 * Math.log(Math.PI) - lgamma(v + 0.5) - v * Math.log(2 * x) - x + logIntegral;
}
