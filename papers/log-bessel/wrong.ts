/**
 * Named wrong implementations: the tests put them in the place of ours and see a claim fail.
 */

import type { MatrixF32, Rng } from "@daily-kernel/compute";
import {
  besselRegion,
  lgamma,
  logBesselI,
  logBesselK,
  VonMisesFisher,
} from "@daily-kernel/special";

/**
 * log I_v(x) as x + log of the scaled function exp(-x) I_v(x), which is summed in doubles from its
 * largest term outwards: the way of libraries that offer the scaled function. It loses the value
 * wherever the scaled function is below the smallest double, and nowhere else.
 */
export function scaledSeriesLogBesselI(v: number, x: number): number {
  const quarter = (x * x) / 4;
  const top = Math.floor((Math.hypot(x, v) - v) / 2);
  const logTop = (v + 2 * top) * Math.log(x / 2) - lgamma(top + 1) - lgamma(top + v + 1);
  const largest = Math.exp(logTop - x);
  let sum = largest;
  for (let k = top + 1, term = largest; term > 1e-17 * sum; k++) {
    term *= quarter / k / (k + v);
    sum += term;
  }
  for (let k = top, term = largest; k > 0 && term > 1e-17 * sum; k--) {
    term *= (k * (k + v)) / quarter;
    sum += term;
  }
  return x + Math.log(sum);
}

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

/** log I_v(x) through I_v(x) itself in doubles, which over- and underflows. */
export const logOfBesselI = (v: Float64Array, x: Float64Array): Float64Array =>
  logBesselI(v, x).map((value) => Math.log(Math.exp(value)));

const f = Math.fround;

/**
 * log I_v(x) with the exponent v eta of the uniform expansion in single precision, with
 * eta = r + log(z / (1 + r)), which cancels: the error is v times that of eta.
 */
export const singlePrecisionExponent = (v: Float64Array, x: Float64Array): Float64Array =>
  logBesselI(v, x).map((value, i) => {
    if (v[i]! < 1) return value;
    const z = f(x[i]! / v[i]!);
    const r = f(Math.sqrt(f(1 + f(z * z))));
    const exact = Math.hypot(v[i]!, x[i]!) - v[i]! * Math.asinh(v[i]! / x[i]!);
    return value - exact + f(v[i]! * f(r + f(Math.log(f(z / f(1 + r))))));
  });

/** Banerjee's approximation of the concentration, without a Newton step. */
const banerjee = (r: number, p: number): number => (r * (p - r * r)) / (1 - r * r);

export function banerjeeFromSums(sum: Float64Array, n: number): VonMisesFisher {
  const { mean } = VonMisesFisher.fromSums(sum, n);
  const r = Math.sqrt(sum.reduce((square, value) => square + value * value, 0)) / n;
  return new VonMisesFisher({ mean, kappa: banerjee(r, mean.length) });
}

export function banerjeeFit(x: MatrixF32, options?: { correctBias?: boolean }): VonMisesFisher {
  const { mean, meanResultantLength } = VonMisesFisher.fit(x, options);
  return new VonMisesFisher({ mean, kappa: banerjee(meanResultantLength, x.cols) });
}

/** Plain maximum likelihood, whose bias grows with the dimension. */
export const uncorrectedFromSums = (sum: Float64Array, n: number): VonMisesFisher =>
  VonMisesFisher.fromSums(sum, n);

/** A fit 25 times too concentrated, where SciPy's scaled functions are finite. */
export function concentratedFromSums(sum: Float64Array, n: number): VonMisesFisher {
  const { mean, kappa } = VonMisesFisher.fromSums(sum, n);
  return new VonMisesFisher({ mean, kappa: 25 * kappa });
}

/** A sampler of a concentration 10 % too small. */
export const thinnedSample = ({ mean, kappa }: VonMisesFisher, n: number, rng: Rng) =>
  new VonMisesFisher({ mean, kappa: 0.9 * kappa }).sample(n, rng);
