import { erf, erfc } from "@daily-kernel/special";

/** Positive nodes and their weights of the 20-point Gauss rule on [-1, 1]. */
const GAUSS = [
  [0.07652652113349734, 0.15275338713072584],
  [0.22778585114164507, 0.14917298647260374],
  [0.37370608871541955, 0.14209610931838204],
  [0.5108670019508271, 0.13168863844917664],
  [0.636053680726515, 0.11819453196151843],
  [0.7463319064601508, 0.10193011981724044],
  [0.8391169718222188, 0.08327674157670475],
  [0.912234428251326, 0.06267204833410907],
  [0.9639719272779138, 0.04060142980038694],
  [0.9931285991850949, 0.017614007139152118],
] as const;

/** Below this, error functions of both ends are so close that their difference has lost digits. */
const NARROW = 0.25;

/** Integral over z in [0, 1] of exp(-a^2 (x - z)^2), a >= 0. */
export function gaussianIntegral(a: number, x: number): number {
  const outside = Math.abs(x - 0.5) - 0.5;
  if (outside > 0 && a < NARROW) return byGauss(a, outside);
  if (a < 1e-150) return 1; // a x loses its digits where doubles become subnormal
  return ((Math.sqrt(Math.PI) / 2) * mass(a, x, outside)) / a;
}

/** The same at this distance from the interval, by quadrature: exp(-a^2 (outside + t)^2) is flat. */
function byGauss(a: number, outside: number): number {
  let sum = 0;
  for (const [node, weight] of GAUSS) {
    const [near, far] = [a * (outside + (1 - node) / 2), a * (outside + (1 + node) / 2)];
    sum += weight * (Math.exp(-near * near) + Math.exp(-far * far));
  }
  return sum / 2;
}

/** 2 / sqrt(pi) times the integral of exp(-t^2) from a (x - 1) to a x. */
function mass(a: number, x: number, outside: number): number {
  if (outside <= 0) return erf(a * x) + erf(a * (1 - x));
  const [near, far] = [a * outside, a * (outside + 1)];
  return near < 0.5 ? erf(far) - erf(near) : erfc(near) - erfc(far);
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
 * analytic and grows moderately: trapezoid rule in log s. About 350 nodes for shapes of 1/2 and more
 * and 160 / shape, but 2800 at most, for smaller ones; relative error about 1e-14.
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
/** The logs of the smallest node. */
const LEAST = -700;
/** Nodes a unit of log s: the integrand is analytic up to pi / 2 from the real line. */
const FINENESS = 4;

function smallShape(shape: number) {
  const nodes: number[] = [];
  const logDensities: number[] = [];
  const lowest = Math.ceil(FINENESS * Math.max(LEAST, NEGLIGIBLE / shape));
  for (let k = lowest; k <= 5 * FINENESS; k++) {
    const u = k / FINENESS;
    nodes.push(Math.exp(u));
    logDensities.push(shape * u - Math.exp(u));
  }
  // The nodes below the lowest, on which the function is what it is there: a geometric series.
  logDensities[0]! += Math.log(1 / -Math.expm1(-shape / FINENESS));
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
