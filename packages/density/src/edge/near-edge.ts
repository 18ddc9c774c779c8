import { checkObject, checkType, domainError, Rng, shapeError } from "@daily-kernel/compute";
import { checkCount, checkNonNegative, checkPositive } from "../check.ts";
import { NoncentralChiSquare } from "./noncentral-chi-square.ts";
import { expectations } from "./poisson-expectations.ts";

export interface NearEdgeOptions {
  /** Dimension, >= 1. */
  d: number;
  /** log of the number of points, which may be astronomic: up to 600. */
  logN: number;
  /** |x|^2 of the query; that of a typical one, d, by default. */
  squaredNorm?: number;
  /** How many of the nearest points are drawn; 5,000 is enough for bandwidths up to 1.4 h_G. */
  points?: number;
}

/** The estimate of one simulated data set at one bandwidth. */
export interface EdgeEstimate {
  logDensity: number;
  /** Sum of the squared weights. */
  participation: number;
  /** Standard deviation of what enters through its mean, over the whole sum: the truncation error. */
  truncation: number;
}

/** Steps of the table of quantiles in log F; the cubic's error in log q is below 1e-9. */
const STEP = 0.04;
/** The first arrival is below this with probability 1e-4; then the quantile is solved for. */
const RARE = 1e-4;

/**
 * Kernel density estimates at a fixed x of n standard normal points in d dimensions, for n far beyond
 * any memory. Only distances matter: as n grows the number of points within a distance is a Poisson
 * process, so the squared distances of the nearest points are F^-1(Gamma_k / n) with Gamma_k sums of
 * unit exponentials and F the noncentral chi-square law. The points beyond the nearest ones enter
 * through their mean, whose standard deviation is reported.
 *
 * @throws RangeError `ERR_DOMAIN` for numbers out of range: `points` must be well below n.
 */
export class NearEdge {
  readonly d: number;
  readonly logN: number;
  readonly squaredNorm: number;
  readonly points: number;
  /** The law of a squared distance. */
  readonly law: NoncentralChiSquare;
  readonly #first: number;
  /** log of the squared distance and its derivative in log F, at the table's nodes. */
  readonly #values: Float64Array;
  readonly #slopes: Float64Array;

  constructor(options: NearEdgeOptions) {
    checkObject("NearEdge", "options", options);
    const { d, logN, squaredNorm = d, points = 5000 } = options;
    checkCount("NearEdge", "d", d, 1);
    checkPositive("NearEdge", "logN", logN);
    if (logN > 600) throw domainError(`NearEdge: logN must be at most 600, got ${logN}`);
    checkNonNegative("NearEdge", "squaredNorm", squaredNorm);
    checkCount("NearEdge", "points", points, 1);
    const last = Math.log(points + 10 * Math.sqrt(points) + 10) - logN;
    if (last > Math.log(0.5)) {
      throw domainError(
        `NearEdge: points must be well below n / 2 = ${Math.exp(logN) / 2}, got ${points}`,
      );
    }
    [this.d, this.logN, this.squaredNorm, this.points] = [d, logN, squaredNorm, points];
    this.law = new NoncentralChiSquare(d, squaredNorm);
    this.#first = Math.log(RARE) - logN;
    const nodes = Math.ceil((last - this.#first) / STEP) + 2;
    this.#values = new Float64Array(nodes);
    this.#slopes = new Float64Array(nodes);
    let q = this.law.quantileLog(this.#first);
    for (let i = 0; i < nodes; i++) {
      const logF = this.#first + i * STEP;
      if (i > 0) q = this.law.near(logF, q);
      this.#values[i] = Math.log(q);
      this.#slopes[i] = Math.exp(logF - this.law.logPdf(q)) / q;
    }
  }

  /** Squared distances of the nearest points of one data set, ascending. */
  draw(rng: Rng): Float64Array {
    checkType(rng instanceof Rng, "NearEdge.draw", "rng", "an Rng", rng);
    const out = rng.fillExponential(new Float64Array(this.points));
    for (let k = 0, arrival = 0; k < out.length; k++) {
      arrival += out[k]!;
      out[k] = this.#quantile(Math.log(arrival) - this.logN);
    }
    return out;
  }

  /** The estimate that drawn distances (of `draw`) give at a bandwidth > 0. */
  estimate(distances: Float64Array, bandwidth: number): EdgeEstimate {
    const fn = "NearEdge.estimate";
    checkPositive(fn, "bandwidth", bandwidth);
    const floats = distances instanceof Float64Array;
    checkType(floats, fn, "distances", "a Float64Array", distances);
    if (distances.length !== this.points) {
      throw shapeError(
        `${fn}: distances must hold the ${this.points} of a draw, got ${distances.length}`,
      );
    }
    const wrong = distances.findIndex((q, k) => !(q >= (distances[k - 1] ?? 0) && q < Infinity));
    if (wrong >= 0) {
      throw domainError(
        `${fn}: distances must be finite, >= 0 and ascending, got ${distances[wrong]} at index ${wrong}`,
      );
    }
    const [nearest, furthest] = [distances[0]!, distances.at(-1)!];
    const rate = 0.5 / bandwidth ** 2;
    let [sum, square] = [0, 0];
    for (const q of distances) {
      const e = Math.exp((nearest - q) * rate);
      if (e < 1e-25) break; // they ascend
      sum += e;
      square += e * e;
    }
    const beyond = Math.exp(this.#logTail(bandwidth, furthest) + nearest * rate);
    const beyondSquare = Math.exp(
      this.#logTail(bandwidth / Math.SQRT2, furthest) + 2 * nearest * rate,
    );
    const total = sum + beyond;
    return {
      logDensity: Math.log(total) - nearest * rate - this.#logNorm(bandwidth),
      participation: Math.min(1, (square + beyondSquare) / total ** 2),
      truncation: Math.sqrt(beyondSquare) / total,
    };
  }

  /**
   * Means over all data sets without simulation: of log density and of the participation ratio, by
   * the Laplace functional of the Poisson process (to about 1e-9). Some 20 ms.
   */
  expected(bandwidth: number): { logDensity: number; participation: number } {
    checkPositive("NearEdge.expected", "bandwidth", bandwidth);
    const { logSum, participation } = expectations(this.law, this.logN, bandwidth);
    return { logDensity: logSum - this.#logNorm(bandwidth), participation };
  }

  /** log of n E[exp(-q / (2 h^2)); q > beyond]: the tilted law is a scaled noncentral chi-square. */
  #logTail(h: number, beyond: number): number {
    const { d, squaredNorm, logN } = this;
    const variance = h ** 2 / (1 + h ** 2);
    const tilted = new NoncentralChiSquare(d, squaredNorm * variance);
    const mass = -0.5 * d * Math.log1p(1 / h ** 2) - squaredNorm / (2 * (1 + h ** 2));
    return logN + mass + tilted.logSf(beyond / variance);
  }

  #logNorm(h: number): number {
    return this.logN + this.d * (0.5 * Math.log(2 * Math.PI) + Math.log(h));
  }

  #quantile(logF: number): number {
    const at = (logF - this.#first) / STEP;
    if (!(at >= 0 && at < this.#values.length - 1)) return this.law.quantileLog(logF);
    const i = Math.floor(at);
    const t = at - i;
    const [y0, y1] = [this.#values[i]!, this.#values[i + 1]!];
    const [m0, m1] = [STEP * this.#slopes[i]!, STEP * this.#slopes[i + 1]!];
    // Hermite's cubic
    const rise = y1 - y0;
    const cubic = m0 + t * (3 * rise - 2 * m0 - m1 + t * (m0 + m1 - 2 * rise));
    return Math.exp(y0 + t * cubic);
  }
}

/**
 * The bandwidth at which a sum over n standard normal points in d dimensions freezes at finite size:
 * lambda_n^(-1/2), lambda_n = d log F / dE at n F = 1 with E half the squared distance to a typical
 * query. Above h_G by a relative O(log(d) / d).
 */
export function edgeBandwidth(options: { n: number; d: number; sigma2?: number }): number {
  checkObject("edgeBandwidth", "options", options);
  const { n, d, sigma2 = 1 } = options;
  checkPositive("edgeBandwidth", "n", n);
  if (n <= 1) throw domainError(`edgeBandwidth: n must be > 1, got ${n}`);
  checkCount("edgeBandwidth", "d", d, 1);
  checkPositive("edgeBandwidth", "sigma2", sigma2);
  const law = new NoncentralChiSquare(d, d);
  const logF = -Math.log(n);
  const q = law.quantileLog(logF);
  return Math.sqrt((sigma2 * Math.exp(logF - law.logPdf(q))) / 2);
}
