import { erf, erfc } from "@daily-kernel/special";

/** Integral over z in [0, 1] of exp(-a^2 (x - z)^2), a >= 0. */
export function gaussianIntegral(a: number, x: number): number {
  if (a < 1e-150) return 1; // a x loses its digits where doubles become subnormal
  const outside = Math.abs(x - 0.5) - 0.5;
  const mass =
    outside > 0
      ? erfc(a * outside) - erfc(a * (outside + 1)) // erf would cancel
      : erf(a * x) + erf(a * (1 - x));
  return ((Math.sqrt(Math.PI) / 2) * mass) / a;
}

/** Integral over x and z in [0, 1] of exp(-a^2 (x - z)^2), a >= 0. */
export function gaussianDoubleIntegral(a: number): number {
  if (a >= 0.5) return (Math.sqrt(Math.PI) * erf(a)) / a + Math.expm1(-a * a) / (a * a);
  // Both terms exceed the result by 1/a^2: the power series has what would cancel.
  let sum = 0;
  let power = 1;
  for (let n = 0; n < 16; n++) {
    sum += power / ((2 * n + 1) * (n + 1));
    power *= -(a * a) / (n + 1);
  }
  return sum;
}

/** A discrete mixture of Gaussians exp(-rate q): nodes and weights that sum to 1. */
export interface Mixture {
  rates: Float64Array;
  weights: Float64Array;
}

/**
 * Nodes s and weights of the expectation over s ~ Gamma(shape, 1) of a function of log s that is
 * analytic and grows moderately: trapezoid rule in log s (in v with log s = v - exp(-v) for shapes
 * below 1, so that slow decay towards s = 0 becomes double exponential; Takahasi and Mori 1974).
 * About 200 nodes, relative error about 1e-14.
 */
export function gammaMixture(shape: number, rate: (s: number) => number): Mixture {
  const { nodes, logDensities } = shape < 1 ? smallShape(shape) : largeShape(shape);
  const weights = logDensities.map(Math.exp);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    rates: Float64Array.from(nodes, rate),
    weights: Float64Array.from(weights, (weight) => weight / total),
  };
}

/** Densities under this share of their peak, e^-42, do not count in double precision. */
const NEGLIGIBLE = -42;

function smallShape(shape: number) {
  const nodes: number[] = [];
  const logDensities: number[] = [];
  const lowest = -Math.ceil(32 * Math.log(100 / shape));
  for (let k = lowest; k <= 160; k++) {
    const v = k / 32;
    const logNode = v - Math.exp(-v);
    const logDensity = shape * logNode - Math.exp(logNode) + Math.log1p(Math.exp(-v));
    nodes.push(Math.exp(logNode));
    logDensities.push(logDensity);
  }
  return { nodes, logDensities };
}

function largeShape(shape: number) {
  const nodes: number[] = [];
  const logDensities: number[] = [];
  // u = log(s / shape), peak at 0 of width 1/sqrt(shape).
  const step = 1 / (8 * Math.sqrt(shape));
  for (const direction of [1, -1]) {
    for (let k = direction === 1 ? 0 : 1; ; k++) {
      const u = direction * k * step;
      const logDensity = -shape * expm1Rest(u);
      if (logDensity < NEGLIGIBLE) break;
      nodes.push(shape * Math.exp(u));
      logDensities.push(logDensity);
    }
  }
  return { nodes, logDensities };
}

/** exp(u) - 1 - u without cancellation. */
function expm1Rest(u: number): number {
  if (Math.abs(u) > 0.1) return Math.expm1(u) - u;
  let sum = 0;
  let term = u;
  for (let n = 2; n < 14; n++) {
    term *= u / n;
    sum += term;
  }
  return sum;
}
