import {
  Genz,
  IIDStdUniform,
  type LatticeOptions,
  type PointSet,
  Sobol,
  type SobolOptions,
} from "@daily-kernel/qmc";

/** Replicated points whose first 2^m are the points of a smaller set. */
export interface Extensible {
  points(options: { nMax: number }): PointSet;
}

/** A function on the unit cube, and its integral. */
interface Known {
  readonly dimension: number;
  value(x: Float64Array, start: number): number;
  readonly integral: number;
}

/** prod_j (1 + (x_j e^(x_j) - 1) / 2), with integral 1. */
const smooth = (dimension: number): Known => ({
  dimension,
  integral: 1,
  value(x, start) {
    let product = 1;
    for (let j = start; j < start + dimension; j++) {
      product *= 1 + (x[j]! * Math.exp(x[j]!) - 1) / 2;
    }
    return product;
  },
});

/** The function after the Baker transform of its arguments, which keeps the integral. */
const folded = (f: Known): Known => ({
  ...f,
  value(x, start) {
    const row = x.slice(start, start + f.dimension).map((v) => 1 - Math.abs(2 * v - 1));
    return f.value(row, 0);
  },
});

export interface Curve {
  readonly n: readonly number[];
  /** Root mean square error over the replications. */
  readonly rmse: readonly number[];
  /** Least-squares slope of log2 rmse against log2 n. */
  readonly slope: number;
}

/** The error of the mean over the first 2^m points, m in `exponents`, over all replications. */
function converge(sequence: Extensible, f: Known, [first, last]: readonly [number, number]): Curve {
  const { data, replications, n, dimension } = sequence.points({ nMax: 2 ** last });
  const squares = new Float64Array(last - first + 1);
  for (let r = 0; r < replications; r++) {
    let sum = 0;
    for (let i = 0, m = first; i < n; i++) {
      sum += f.value(data, (r * n + i) * dimension);
      if (i + 1 === 2 ** m) {
        squares[m - first]! += (sum / 2 ** m - f.integral) ** 2;
        m++;
      }
    }
  }
  const rmse = Array.from(squares, (square) => Math.sqrt(square / replications));
  const sizes = rmse.map((_, k) => 2 ** (first + k));
  return { n: sizes, rmse, slope: slopeOf(rmse) };
}

function slopeOf(rmse: readonly number[]): number {
  const y = rmse.map((error) => Math.log2(Math.max(error, Number.MIN_VALUE)));
  const middle = (y.length - 1) / 2;
  const squares = y.reduce((sum, _, k) => sum + (k - middle) ** 2, 0);
  return y.reduce((sum, value, k) => sum + (k - middle) * value, 0) / squares;
}

type Make<Options> = (options: Options) => Extensible;
type SeedOf = (name: string) => number;

/** Independent randomisations a curve. */
export const replications = 100;
const exponents = [3, 12] as const;

/** The error of a smooth function of one variable under every randomisation. */
export function slopesIn1d(
  sobol: Make<SobolOptions>,
  lattice: Make<LatticeOptions>,
  seedOf: SeedOf,
) {
  const one = (name: string) => ({ dimension: 1, replications, seed: seedOf(name) });
  const curve = (sequence: Extensible, f = smooth(1)) => converge(sequence, f, exponents);
  return {
    "independent points": curve(new IIDStdUniform(one("iid"))),
    "digital shift": curve(sobol({ ...one("shift"), randomize: "DS" })),
    "matrix scramble": curve(sobol(one("scramble"))),
    "interlaced, order 2": curve(sobol({ ...one("second"), alpha: 2 })),
    "interlaced, order 3": curve(sobol({ ...one("third"), alpha: 3 })),
    lattice: curve(lattice(one("lattice"))),
    "lattice, Baker transform": curve(lattice(one("baker")), folded(smooth(1))),
  };
}

/** Which claim is about which of these curves. */
export const slopeClaims = [
  ["digital-shift-slope", "digital shift"],
  ["matrix-scramble-slope", "matrix scramble"],
  ["second-order-slope", "interlaced, order 2"],
  ["third-order-slope", "interlaced, order 3"],
  ["baker-lattice-slope", "lattice, Baker transform"],
] as const;

/**
 * Genz's oscillatory function in three dimensions: the error by randomisation, and how many times
 * larger it is at the end for a digital shift than for the worse scramble (and for independent points
 * than for a digital shift).
 */
export function gainsIn3d(sobol: Make<SobolOptions>, seedOf: SeedOf) {
  const genz = oscillatory(3);
  const three = (name: string) => ({ dimension: 3, replications, seed: seedOf(`genz ${name}`) });
  const curve = (sequence: Extensible) => converge(sequence, genz, exponents);
  const curves = {
    "independent points": curve(new IIDStdUniform(three("iid"))),
    "digital shift": curve(sobol({ ...three("shift"), randomize: "DS" })),
    "matrix scramble": curve(sobol(three("scramble"))),
    "nested scramble": curve(sobol({ ...three("nested"), randomize: "NUS" })),
  };
  const last = (name: keyof typeof curves) => curves[name].rmse.at(-1)!;
  const shift = last("digital shift");
  return {
    curves,
    gain: shift / Math.max(last("matrix scramble"), last("nested scramble")),
    shiftGain: last("independent points") / shift,
  };
}

function oscillatory(dimension: number): Known {
  const integrand = new Genz(new Sobol({ dimension }), { kind: "oscillatory" });
  const { coefficients } = integrand;
  return {
    dimension,
    integral: integrand.exactValue(),
    value(x, start) {
      let dot = 0;
      for (let j = 0; j < dimension; j++) dot += coefficients[j]! * x[start + j]!;
      return Math.cos(dot);
    },
  };
}
