import {
  checkNumbers,
  checkObject,
  type Matrix,
  matrix,
  numericError,
  shapeError,
} from "@daily-kernel/compute";
import type { DerivativeTerm, Kernel } from "../kernel.ts";
import { checkNonNegative } from "../regression/factor.ts";
import type { DigitalPoints } from "../shift-invariant/binary-points.ts";
import { checkDifferentiable, checkKernel } from "../standard/check-kernel.ts";
import { checkMatrix } from "../standard/check-points.ts";
import type { ComplexArray } from "../transforms/complex.ts";
import { inverse } from "./complex-inverse.ts";
import { derivativeSize } from "./derivative-size.ts";
import { firstColumn, splits } from "./first-column.ts";
import { doubled, multiplySpectrum, transformed } from "./spectrum.ts";
import {
  asMatrix,
  checkCountOfPoints,
  checkStructure,
  joinPoints,
  rowsAt,
  type Structure,
  structureOf,
} from "./structure.ts";

/** Roundings of an entry of the first column that its transform may add up to, by sqrt n. */
const ROUNDINGS = 16;

export interface FastGramOptions {
  /** What the points are. Default: what the kernel is made for. */
  kind?: Structure | undefined;
  /** Added to the diagonal, >= 0. Default 0. */
  noise?: number | undefined;
  /** The Gram matrix of a sum of partial derivatives of the kernel, as of `gramDerivative`. */
  terms?: readonly DerivativeTerm[] | undefined;
}

/**
 * The n x n Gram matrix K = k(x_i, x_j) + noise (i = j) of a shift-invariant kernel on a rank-1
 * lattice, or of a digitally shift-invariant one on a digital net, known by its n eigenvalues:
 * sqrt n times the transform (`fftbr` or `fwht`) of its first column. Everything costs O(n log n).
 * Immutable.
 *
 * Points: n = 2^m of them, a lattice in natural order with one shift, or a net with a linear matrix
 * scramble and one digital shift. Some entries are compared with what that predicts.
 */
export class FastGram {
  readonly kernel: Kernel;
  readonly kind: Structure;
  readonly noise: number;
  readonly terms: readonly DerivativeTerm[] | undefined;
  #points: DigitalPoints;
  /** The transform of the first column; `im` is empty for nets. */
  #transform: ComplexArray;

  /**
   * @throws RangeError `ERR_DOMAIN` if the points do not have the structure (nested uniform scrambling,
   *   Halton points, another order), `ERR_SHAPE` unless they are a power of two in number.
   */
  constructor(kernel: Kernel, points: DigitalPoints, options: FastGramOptions = {}) {
    const fn = "FastGram";
    checkKernel(fn, "kernel", kernel);
    checkObject(fn, "options", options);
    const { kind, noise = 0, terms } = options;
    if (terms !== undefined) checkDifferentiable(fn, "kernel", kernel);
    this.kernel = kernel;
    this.kind = structureOf(fn, kernel, kind);
    checkNonNegative(fn, "options.noise", noise);
    this.noise = noise;
    this.terms = terms;
    checkCountOfPoints(fn, "points", points);
    this.#points = { ...points, data: points.data.slice() } as DigitalPoints;
    this.#transform = this.#columnTransform(this.#points);
    this.#check(fn);
  }

  /** The number of points. */
  get n(): number {
    return this.#points.rows;
  }

  /** The points; a copy. */
  get points(): DigitalPoints {
    return { ...this.#points, data: this.#points.data.slice() } as DigitalPoints;
  }

  /** The n eigenvalues, noise included, in the order of the transform; a copy. */
  get eigenvalues(): ComplexArray {
    const root = Math.sqrt(this.n);
    const { re, im } = this.#transform;
    // A symmetric matrix has real ones: what the transform leaves there is rounding.
    const real = this.kind === "net" || this.terms === undefined;
    return {
      re: re.map((v) => root * v + this.noise),
      im: real ? new Float64Array(this.n) : im.map((v) => root * v),
    };
  }

  /** K y for n numbers, or for each column of an n x r matrix. */
  matvec(y: ArrayLike<number>): Float64Array;
  matvec(y: Matrix): Matrix;
  matvec(y: ArrayLike<number> | Matrix): Float64Array | Matrix {
    return this.#apply("matvec", y, () => this.eigenvalues);
  }

  /**
   * K^-1 y for n numbers, or for each column of an n x r matrix.
   *
   * @throws Error `ERR_NUMERIC` if an eigenvalue is not positive or, of derivatives, where they may be
   *   negative or complex, is no larger than its rounding.
   */
  solve(y: ArrayLike<number>): Float64Array;
  solve(y: Matrix): Matrix;
  solve(y: ArrayLike<number> | Matrix): Float64Array | Matrix {
    return this.#apply("solve", y, () => inverse(this.#invertible("solve")));
  }

  /** log |det K|. Throws as `solve`. */
  logdet(): number {
    const { re, im } = this.#invertible("logdet");
    let sum = 0;
    for (let k = 0; k < this.n; k++) sum += Math.log(Math.hypot(re[k]!, im[k]!));
    return sum;
  }

  /**
   * The Gram matrix of another kernel at the same points.
   *
   * @throws as the constructor, if it is no kernel for these points.
   */
  withKernel(kernel: Kernel): FastGram {
    const fn = "FastGram.withKernel";
    checkKernel(fn, "kernel", kernel);
    if (kernel.dimension !== this.kernel.dimension) {
      throw shapeError(
        `${fn}: kernel must be of dimension ${this.kernel.dimension}, got ${kernel.dimension}`,
      );
    }
    const { kind, noise, terms } = this;
    const result = new FastGram(kernel, rowsAt(this.#points, [0]), { kind, noise, terms });
    result.#points = this.#points;
    result.#transform = result.#columnTransform(this.#points);
    result.#check(fn);
    return result;
  }

  /** The Gram matrix of the first n and n more points; only the new half is transformed. */
  extend(points: DigitalPoints): FastGram {
    const fn = "FastGram.extend";
    checkCountOfPoints(fn, "points", points);
    if (points.rows !== this.n) {
      throw shapeError(`${fn}: points must be as many as there are, ${this.n}, got ${points.rows}`);
    }
    const { kind, noise, terms } = this;
    const first = rowsAt(this.#points, [0]);
    const result = new FastGram(this.kernel, first, { kind, noise, terms });
    result.#points = joinPoints(fn, this.#points, points);
    result.#transform = doubled(kind, this.#transform, this.#columnTransform(points));
    result.#check(fn);
    return result;
  }

  #columnTransform(points: DigitalPoints): ComplexArray {
    const first = rowsAt(this.#points, [0]);
    const { values, constant } = firstColumn(this.kernel, points, first, this.terms);
    const transform = transformed(this.kind, values);
    transform.re[0]! += Math.sqrt(points.rows) * constant;
    return transform;
  }

  #check(fn: string): void {
    checkStructure(fn, this.kind, this.n, (i, j) => {
      const [x, z] = [rowsAt(this.#points, i), rowsAt(this.#points, j)].map(asMatrix);
      const { kernel } = this;
      if (this.terms === undefined) {
        // What all entries have in common must not hide how they differ.
        return splits(kernel) ? diagonal(kernel.gramMinusScale(x!, z!)) : kernel.pairs(x!, z!);
      }
      checkDifferentiable(fn, "kernel", kernel);
      return diagonal(kernel.gramDerivative(x!, z!, this.terms));
    });
  }

  #invertible(method: string): ComplexArray {
    const values = this.eigenvalues;
    const { re, im } = values;
    const rounding = this.#rounding();
    const bad = re.findIndex((v, k) =>
      rounding === undefined ? !(v > 0) : !(Math.hypot(v, im[k]!) > rounding),
    );
    if (bad >= 0) {
      const value = im[bad] === 0 ? re[bad] : `${re[bad]} + ${im[bad]}i`;
      throw numericError(
        `FastGram.${method}: eigenvalue ${bad} of ${this.n} is ${value}, lost in rounding; add noise`,
      );
    }
    return values;
  }

  /** The size up to which an eigenvalue of derivatives may be rounding; undefined without terms. */
  #rounding(): number | undefined {
    const { kernel, terms, n } = this;
    if (terms === undefined) return undefined;
    const { re, im } = this.#transform;
    checkDifferentiable("FastGram", "kernel", kernel);
    let size = derivativeSize(kernel, rowsAt(this.#points, [0]), terms);
    // The largest eigenvalue is sqrt n times the norm of the first column, at least.
    for (let k = 0; k < n; k++) {
      size = Math.max(size, Math.hypot(re[k]!, im[k] ?? 0) / Math.sqrt(n));
    }
    return ROUNDINGS * Number.EPSILON * Math.sqrt(n) * size;
  }

  #apply(
    method: string,
    y: ArrayLike<number> | Matrix,
    factors: () => ComplexArray,
  ): Float64Array | Matrix {
    const fn = `FastGram.${method}`;
    checkObject(fn, "y", y);
    if ("length" in y) {
      checkNumbers(fn, "y", y);
      this.#checkRows(fn, y.length);
      return multiplySpectrum(this.kind, Float64Array.from(y), factors());
    }
    checkMatrix(fn, "y", y);
    this.#checkRows(fn, y.rows);
    const columns = multiplySpectrum(this.kind, transposed(y.data, y.cols), factors());
    return matrix(y.rows, y.cols, transposed(columns, y.rows));
  }

  #checkRows(fn: string, rows: number): void {
    if (rows !== this.n) {
      throw shapeError(`${fn}: y must have a number for each of the ${this.n} points, got ${rows}`);
    }
  }
}

/** The diagonal of a square matrix. */
const diagonal = ({ data, cols }: Matrix): Float64Array =>
  Float64Array.from({ length: cols }, (_, k) => data[k * cols + k]!);

/** The transpose of a matrix of `cols` columns. */
function transposed(data: Float64Array, cols: number): Float64Array {
  const rows = cols === 0 ? 0 : data.length / cols;
  const out = new Float64Array(data.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) out[j * rows + i] = data[i * cols + j]!;
  }
  return out;
}
