import {
  checkType,
  domainError,
  type Matrix,
  matmul,
  matrix,
  numericError,
  solveTriangular,
  syrk,
} from "@daily-kernel/compute";
import { choleskyOf, principalComponents } from "./covariance-factor.ts";
import { normalQuantiles } from "./normal-quantiles.ts";
import { type SquareMatrix, squareMatrix } from "./square-matrix.ts";

/** How A with A A^T = covariance is made, or A itself. */
export type Decomposition = "PCA" | "Cholesky" | SquareMatrix;

/** Rows that are transformed at a time. */
const BLOCK = 4096;
/** Up to here plain loops beat a call of the matrix product. */
const SMALL = 16;

/** A covariance: a full matrix, or the variances of independent coordinates. */
export type Covariance = { matrix: Matrix } | { diagonal: Float64Array };

/** The normal distribution N(mean, covariance), as mean + A z. */
export class MultivariateNormal {
  readonly where: string;
  readonly mean: Float64Array;
  readonly covariance: Covariance;
  /** Coordinate j is mean_j + scale_j z_(source_j), or mean + A z. */
  readonly #factor: { scale: Float64Array; source: Uint32Array } | { a: Matrix };
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
    const d = this.mean.length;
    for (let start = 0; start < n; start += BLOCK) {
      const [from, to] = [start * d, Math.min(n, start + BLOCK) * d];
      const z = normalQuantiles(u.subarray(from, to), new Float64Array(to - from));
      this.#apply(z, out.subarray(from, to));
    }
  }

  #apply(z: Float64Array, out: Float64Array): void {
    const { mean } = this;
    const d = mean.length;
    const factor = this.#factor;
    const n = z.length / d;
    if ("scale" in factor) {
      for (let i = 0, k = 0; i < n; i++) {
        for (let j = 0; j < d; j++, k++) {
          out[k] = mean[j]! + factor.scale[j]! * z[i * d + factor.source[j]!]!;
        }
      }
      return;
    }
    const a = factor.a.data;
    if (d > SMALL) {
      out.set(matmul(matrix(n, d, z), factor.a, { transposeB: true }).data);
      for (let i = 0, k = 0; i < n; i++) for (let j = 0; j < d; j++, k++) out[k]! += mean[j]!;
      return;
    }
    for (let i = 0, k = 0; i < n; i++) {
      for (let j = 0; j < d; j++, k++) {
        let sum = 0;
        for (let l = 0; l < d; l++) sum += a[j * d + l]! * z[i * d + l]!;
        out[k] = mean[j]! + sum;
      }
    }
  }

  /** The density at n rows x. Throws `ERR_NUMERIC` if the covariance is singular. */
  density(x: Float64Array, n: number, out: Float64Array): void {
    this.logDensity(x, n, out);
    for (let i = 0; i < n; i++) out[i] = Math.exp(out[i]!);
  }

  /** Logarithms of the density at n rows x. Throws `ERR_NUMERIC` if the covariance is singular. */
  logDensity(x: Float64Array, n: number, out: Float64Array): void {
    const d = this.mean.length;
    for (let start = 0; start < n; start += BLOCK) {
      const end = Math.min(n, start + BLOCK);
      this.#logDensity(x.subarray(start * d, end * d), out.subarray(start, end));
    }
  }

  #logDensity(x: Float64Array, out: Float64Array): void {
    const { mean, covariance } = this;
    const d = mean.length;
    const n = out.length;
    const constant = -0.5 * d * Math.log(2 * Math.PI);
    if ("diagonal" in covariance) {
      const deviation = covariance.diagonal.map(Math.sqrt);
      if (deviation.includes(0)) throw this.#singular();
      const logDeterminant = deviation.reduce((sum, s) => sum + Math.log(s), 0);
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let j = 0; j < d; j++) sum += ((x[i * d + j]! - mean[j]!) / deviation[j]!) ** 2;
        out[i] = constant - logDeterminant - 0.5 * sum;
      }
      return;
    }
    this.#cholesky ??= this.#factorOnce(covariance.matrix);
    const l = this.#cholesky;
    const columns = matrix(d, n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < d; j++) columns.data[j * n + i] = x[i * d + j]! - mean[j]!;
    }
    const z = solveTriangular(l, columns).data;
    let logDeterminant = 0;
    for (let j = 0; j < d; j++) logDeterminant += Math.log(l.data[j * (d + 1)]!);
    out.fill(0);
    for (let j = 0; j < d; j++) for (let i = 0; i < n; i++) out[i]! += z[j * n + i]! ** 2;
    for (let i = 0; i < n; i++) out[i] = constant - logDeterminant - 0.5 * out[i]!;
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

function factorOf(where: string, covariance: Covariance, decomposition: "PCA" | "Cholesky") {
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
