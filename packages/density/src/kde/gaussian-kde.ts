import {
  checkObject,
  domainError,
  type Matrix,
  type MatrixF32,
  matrix,
  type PoolOptions,
  squaredDistances,
} from "@daily-kernel/compute";
import { checkedPoints, checkPositive } from "../check.ts";
import { type KernelSums, kernelShifts, kernelSums } from "./kernel-sums.ts";

export interface GaussianKdeOptions {
  /** n x d points, n and d >= 1; copied. */
  data: Matrix | MatrixF32;
  /** Standard deviation of the kernel in every direction, > 0. */
  bandwidth: number;
}

/** What an estimate at a query rests on. */
export interface KdeSummary {
  /** log of the estimate, q numbers. */
  logDensity: Float64Array;
  /** Sum of the squared weights, in [1/n, 1]: its inverse is how many points count. */
  participation: Float64Array;
  /** Weight of the nearest point, in [1/n, 1]. */
  largestWeight: Float64Array;
  /** Distance to the nearest point. */
  nearestDistance: Float64Array;
}

/** Rows of weights that are made at a time. */
const ROWS = 64;

/** log of (2 pi h^2)^(d/2) n. */
export const logNorm = (n: number, d: number, h: number): number =>
  Math.log(n) + d * (0.5 * Math.log(2 * Math.PI) + Math.log(h));

/** log of the estimate from its sums at bandwidth number k of `count`. */
export function logDensityOf(
  { nearest, sums }: KernelSums,
  norm: number,
  h: number,
  k = 0,
  count = 1,
): Float64Array {
  return nearest.map((q, i) => Math.log(sums[i * count + k]!) - q / (2 * h ** 2) - norm);
}

/**
 * The Gaussian kernel density estimate of n points in d dimensions,
 * rho(x) = (1 / n) sum_i (2 pi h^2)^(-d/2) exp(-|x - y_i|^2 / (2 h^2)),
 * exact and in log space: nothing underflows, whatever d and h. Distances are matrix products of
 * blocks (squared distances keep a relative error of about 1e-12); memory does not grow with q n.
 *
 * @throws TypeError `ERR_TYPE`, RangeError `ERR_SHAPE` or `ERR_DOMAIN` (NaN and infinities, n = 0,
 *   a bandwidth that is not > 0).
 */
export class GaussianKde {
  readonly n: number;
  readonly d: number;
  readonly bandwidth: number;
  readonly #data: Matrix;
  readonly #norm: number;

  constructor(options: GaussianKdeOptions) {
    checkObject("GaussianKde", "options", options);
    const { data, bandwidth } = options;
    const { data: numbers, rows, cols } = checkedPoints("GaussianKde", "data", data);
    if (rows === 0) throw domainError("GaussianKde: data must have at least 1 row, got 0");
    checkPositive("GaussianKde", "bandwidth", bandwidth);
    if (!(bandwidth >= 1e-145 && bandwidth <= 1e145)) {
      throw domainError(`GaussianKde: bandwidth must lie in 1e-145..1e145, got ${bandwidth}`);
    }
    this.#data = matrix(rows, cols, numbers.slice());
    [this.n, this.d, this.bandwidth] = [rows, cols, bandwidth];
    this.#norm = logNorm(rows, cols, bandwidth);
  }

  /** log rho at the rows of x (q x d): q numbers. */
  logDensity(x: Matrix | MatrixF32): Float64Array;
  logDensity(x: Matrix | MatrixF32, options: PoolOptions): Promise<Float64Array>;
  logDensity(
    x: Matrix | MatrixF32,
    options: Partial<PoolOptions> = {},
  ): Float64Array | Promise<Float64Array> {
    return onPool(options, () =>
      then(this.#sums("logDensity", x, options), (sums) =>
        logDensityOf(sums, this.#norm, this.bandwidth),
      ),
    );
  }

  /** Sum of squared weights at the rows of x: q numbers in [1/n, 1]. */
  participation(x: Matrix | MatrixF32): Float64Array;
  participation(x: Matrix | MatrixF32, options: PoolOptions): Promise<Float64Array>;
  participation(
    x: Matrix | MatrixF32,
    options: Partial<PoolOptions> = {},
  ): Float64Array | Promise<Float64Array> {
    return onPool(options, () => then(this.#sums("participation", x, options), participationOf));
  }

  /** log density, participation, largest weight and nearest distance, in one pass. */
  summary(x: Matrix | MatrixF32): KdeSummary;
  summary(x: Matrix | MatrixF32, options: PoolOptions): Promise<KdeSummary>;
  summary(
    x: Matrix | MatrixF32,
    options: Partial<PoolOptions> = {},
  ): KdeSummary | Promise<KdeSummary> {
    return onPool(options, () =>
      then(this.#sums("summary", x, options), (sums) => ({
        logDensity: logDensityOf(sums, this.#norm, this.bandwidth),
        participation: participationOf(sums),
        largestWeight: sums.sums.map((sum) => 1 / sum),
        nearestDistance: sums.nearest.map(Math.sqrt),
      })),
    );
  }

  /**
   * Gradient of log rho at the rows of x: q x d. It is sum_i w_i (y_i - x) / h^2, the empirical score
   * of a diffusion model at noise level h. Twice the work of `logDensity`.
   */
  score(x: Matrix | MatrixF32): Matrix;
  score(x: Matrix | MatrixF32, options: PoolOptions): Promise<Matrix>;
  score(x: Matrix | MatrixF32, options: Partial<PoolOptions> = {}): Matrix | Promise<Matrix> {
    return onPool(options, () => this.#score(x, options));
  }

  #score(x: Matrix | MatrixF32, options: Partial<PoolOptions>): Matrix | Promise<Matrix> {
    const points = checkedPoints("GaussianKde.score", "x", x, this.d);
    const { bandwidth } = this;
    return then(this.#sums("score", points, options), ({ nearest, sums }) => {
      const shifts = kernelShifts(
        "GaussianKde.score",
        points,
        this.#data,
        bandwidth,
        nearest,
        options,
      );
      return then(shifts, (data) => {
        for (let i = 0; i < points.rows; i++) {
          const factor = 1 / (sums[i]! * bandwidth ** 2);
          for (let k = 0; k < this.d; k++) data[i * this.d + k]! *= factor;
        }
        return matrix(points.rows, this.d, data);
      });
    });
  }

  /**
   * The weights w_i = exp(-|x - y_i|^2 / (2 h^2)) / sum at the rows of x: q x n, rows that sum to 1.
   * The only method whose result grows with q n.
   */
  weights(x: Matrix | MatrixF32): Matrix {
    const { data, rows } = checkedPoints("GaussianKde.weights", "x", x, this.d);
    const out = matrix(rows, this.n);
    for (let from = 0; from < rows; from += ROWS) {
      const to = Math.min(rows, from + ROWS);
      const part = matrix(to - from, this.d, data.subarray(from * this.d, to * this.d));
      const { data: q } = squaredDistances(part, this.#data);
      for (let i = 0; i < part.rows; i++) {
        softmax(q.subarray(i * this.n, (i + 1) * this.n), 0.5 / this.bandwidth ** 2);
      }
      out.data.set(q, from * this.n);
    }
    return out;
  }

  #sums(method: string, x: Matrix | MatrixF32, options: Partial<PoolOptions>) {
    const fn = `GaussianKde.${method}`;
    const points = checkedPoints(fn, "x", x, this.d);
    return kernelSums(fn, points, this.#data, [this.bandwidth], undefined, options);
  }
}

/** exp(-rate q) over its sum, in place. */
function softmax(q: Float64Array, rate: number): void {
  let least = Number.POSITIVE_INFINITY;
  for (const value of q) if (value < least) least = value;
  let sum = 0;
  for (let j = 0; j < q.length; j++) {
    q[j] = Math.exp((least - q[j]!) * rate);
    sum += q[j]!;
  }
  for (let j = 0; j < q.length; j++) q[j]! /= sum;
}

const participationOf = ({ sums, squares }: KernelSums): Float64Array =>
  squares.map((square, i) => Math.min(1, square / sums[i]! ** 2));

/** What `work` gives; with a pool what it throws rejects the promise, options that are none apart. */
export function onPool<T>(options: unknown, work: () => T | Promise<T>): T | Promise<T> {
  if (!(options as Partial<PoolOptions> | null)?.pool) return work();
  return new Promise<T>((resolve) => resolve(work()));
}

/** Goes on with a value, now or when it is there. */
export function then<A, B>(value: A | Promise<A>, next: (value: A) => B | Promise<B>) {
  return value instanceof Promise ? value.then(next) : next(value);
}
