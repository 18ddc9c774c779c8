import {
  checkType,
  domainError,
  type Matrix,
  matrix,
  numericError,
  solveTriangular,
  syrk,
} from "@daily-kernel/compute";
import { choleskyOf, principalComponents } from "./covariance-factor.ts";
import { type Factor, mapNormal } from "./normal-map.ts";
import { type SquareMatrix, squareMatrix } from "./square-matrix.ts";

/** How A with A A^T = covariance is made, or A itself. */
export type Decomposition = "PCA" | "Cholesky" | SquareMatrix;

/** Rows whose density is computed at a time. */
const BLOCK = 4096;
/** Up to here plain loops beat a call of the triangular solver. */
const SMALL = 8;

/** A covariance: a full matrix, or the variances of independent coordinates. */
export type Covariance = { matrix: Matrix } | { diagonal: Float64Array };

/** The normal distribution N(mean, covariance), as mean + A z. */
export class MultivariateNormal {
  readonly where: string;
  readonly mean: Float64Array;
  readonly covariance: Covariance;
  readonly #factor: Factor;
  #cholesky: Matrix | undefined;

  constructor(
    where: string,
    mean: Float64Array,
    covariance: Covariance | undefined,
    decomposition: Decomposition,
  ) {
    this.where = where;
    this.mean = mean;
    const d = mean.length;
    if (typeof decomposition === "string") {
      const known = decomposition === "PCA" || decomposition === "Cholesky";
      const expected = `"PCA", "Cholesky" or a matrix`;
      checkType(known, where, "decomposition", expected, decomposition);
      this.covariance = covariance ?? { diagonal: new Float64Array(d).fill(1) };
      this.#factor = factorOf(where, this.covariance, decomposition);
      return;
    }
    const a = squareMatrix(where, "decomposition", decomposition, d);
    const product = syrk(a);
    if (covariance !== undefined) checkEqual(where, dense(covariance), product);
    this.covariance = covariance ?? { matrix: product };
    this.#factor = { a };
  }

  get variance(): Float64Array {
    const { covariance } = this;
    if ("diagonal" in covariance) return covariance.diagonal;
    return this.mean.map((_, j) => covariance.matrix.data[j * (this.mean.length + 1)]!);
  }

  /** A new full covariance matrix. */
  fullCovariance(): Matrix {
    return dense(this.covariance);
  }

  /** n rows u of the unit cube as mean + A quantiles(u). */
  transform(u: Float64Array, n: number, out: Float64Array): void {
    mapNormal(this.#factor, this.mean, u, n, out);
  }

  /** The density at n rows x. Throws `ERR_NUMERIC` if the covariance is singular. */
  density(x: Float64Array, n: number, out: Float64Array): void {
    this.logDensity(x, n, out);
    for (let i = 0; i < n; i++) out[i] = Math.exp(out[i]!);
  }

  /** Logarithms of the density at n rows x. Throws `ERR_NUMERIC` if the covariance is singular. */
  logDensity(x: Float64Array, n: number, out: Float64Array): void {
    const d = this.mean.length;
    const logDeterminant = this.#squaredDistances(x, n, out);
    const constant = -0.5 * d * Math.log(2 * Math.PI) - logDeterminant;
    for (let i = 0; i < n; i++) out[i] = constant - 0.5 * out[i]!;
  }

  /** |L^-1 (x - mean)|^2 of n rows in `out`, L L^T = covariance; the result is log det L. */
  #squaredDistances(x: Float64Array, n: number, out: Float64Array): number {
    const { mean, covariance } = this;
    const d = mean.length;
    if ("diagonal" in covariance) {
      const deviation = covariance.diagonal.map(Math.sqrt);
      if (deviation.includes(0)) throw this.#singular();
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let j = 0; j < d; j++) {
          const z = (x[i * d + j]! - mean[j]!) / deviation[j]!;
          sum += z * z;
        }
        out[i] = sum;
      }
      return deviation.reduce((sum, s) => sum + Math.log(s), 0);
    }
    this.#cholesky ??= this.#factorOnce(covariance.matrix);
    const l = this.#cholesky;
    for (let start = 0; start < n; start += BLOCK) {
      const end = Math.min(n, start + BLOCK);
      const rows = x.subarray(start * d, end * d);
      const distances = d > SMALL ? manyDistances : fewDistances;
      distances(l, mean, rows, out.subarray(start, end));
    }
    return mean.reduce((sum, _, j) => sum + Math.log(l.data[j * (d + 1)]!), 0);
  }

  #factorOnce(symmetric: Matrix): Matrix {
    try {
      return choleskyOf(this.where, "covariance", symmetric);
    } catch {
      throw this.#singular();
    }
  }

  #singular() {
    return numericError(`${this.where}.weight: the covariance is singular, so there is no density`);
  }
}

/** |L^-1 (x - mean)|^2 of rows x, by forward substitution. */
function fewDistances(l: Matrix, mean: Float64Array, x: Float64Array, out: Float64Array): void {
  const d = mean.length;
  const { data } = l;
  const z = new Float64Array(d);
  for (let i = 0; i < out.length; i++) {
    let squares = 0;
    for (let j = 0; j < d; j++) {
      let sum = x[i * d + j]! - mean[j]!;
      for (let k = 0; k < j; k++) sum -= data[j * d + k]! * z[k]!;
      z[j] = sum / data[j * (d + 1)]!;
      squares += z[j]! * z[j]!;
    }
    out[i] = squares;
  }
}

/** The same through the solver of many right-hand sides. */
function manyDistances(l: Matrix, mean: Float64Array, x: Float64Array, out: Float64Array): void {
  const d = mean.length;
  const n = out.length;
  const columns = matrix(d, n);
  for (let j = 0; j < d; j++) {
    for (let i = 0; i < n; i++) columns.data[j * n + i] = x[i * d + j]! - mean[j]!;
  }
  const { data } = solveTriangular(l, columns);
  out.fill(0);
  for (let j = 0; j < d; j++) {
    for (let i = 0; i < n; i++) {
      const z = data[j * n + i]!;
      out[i]! += z * z;
    }
  }
}

function dense(covariance: Covariance): Matrix {
  if ("matrix" in covariance) {
    const { rows, cols, data } = covariance.matrix;
    return matrix(rows, cols, data.slice());
  }
  const d = covariance.diagonal.length;
  const full = matrix(d, d);
  for (let j = 0; j < d; j++) full.data[j * (d + 1)] = covariance.diagonal[j]!;
  return full;
}

function factorOf(
  where: string,
  covariance: Covariance,
  decomposition: "PCA" | "Cholesky",
): Factor {
  if ("matrix" in covariance) {
    const a =
      decomposition === "PCA"
        ? principalComponents(where, covariance.matrix)
        : choleskyOf(where, "covariance", covariance.matrix);
    return { a };
  }
  // The principal components of independent coordinates are the coordinates by falling variance.
  const { diagonal } = covariance;
  const source = Uint32Array.from(diagonal, (_, j) => j);
  if (decomposition === "PCA") {
    const order = Array.from(source).sort((i, j) => diagonal[j]! - diagonal[i]! || i - j);
    for (const [rank, j] of order.entries()) source[j] = rank;
  }
  return { scale: diagonal.map(Math.sqrt), source };
}

function checkEqual(where: string, covariance: Matrix, product: Matrix): void {
  const largest = covariance.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  for (const [k, value] of covariance.data.entries()) {
    if (Math.abs(value - product.data[k]!) > 1e-8 * largest) {
      throw domainError(
        `${where}: decomposition times its transpose must be the covariance, got ` +
          `${product.data[k]} instead of ${value} at (${Math.floor(k / product.cols)}, ` +
          `${k % product.cols})`,
      );
    }
  }
}
