import {
  checkNumbers,
  checkObject,
  type Matrix,
  matrix,
  type PoolOptions,
  shapeError,
} from "@daily-kernel/compute";
import type { DerivativeTerm, DifferentiableKernel, IntegrableKernel } from "../kernel.ts";
import {
  checkCount,
  checkPoints,
  checkPositive,
  checkSameRows,
  checkWeights,
} from "./check-points.ts";
import { derivativeGradients, gramDerivative, LARGEST_ORDER } from "./gram-derivative.ts";
import { gradientSums, type Profile, profileGram } from "./radial-wasm.ts";
import { scaledPoints } from "./scaled-points.ts";
import { perform } from "./steps.ts";
import { gaussianDoubleIntegral, gaussianIntegral, type Mixture } from "./unit-cube.ts";

export interface StandardKernelOptions {
  /** Length d of a point, 1 or more. */
  dimension: number;
  /** The value S of the kernel at x = z. Default 1. */
  scale?: number | undefined;
  /** One length for all dimensions (a number, or an array of one), or an array of d. Default 1. */
  lengthscales?: number | ArrayLike<number> | undefined;
}

/**
 * A kernel S phi(q) of the scaled squared distance q = sum_j (x_j - z_j)^2 / (2 gamma_j^2), as in
 * QMCPy. Parameters: `scale`, then `lengthscale` or `lengthscales[j]`, then those of phi.
 */
export abstract class RadialKernel implements IntegrableKernel, DifferentiableKernel {
  readonly dimension: number;
  /** S. */
  readonly scale: number;
  /** 1 / (2 gamma_j^2), one a dimension. */
  protected readonly weights: Float64Array;
  readonly #lengthscales: Float64Array;
  /** The largest total order of `gramDerivative`, up to which derivatives are continuous: 16 at most. */
  abstract readonly smoothness: number;

  constructor(options: StandardKernelOptions) {
    const name = new.target.name;
    checkObject(name, "options", options);
    const { dimension, scale = 1, lengthscales = 1 } = options;
    checkCount(name, "dimension", dimension, 1);
    checkPositive(name, "scale", scale);
    const lengths = typeof lengthscales === "number" ? [lengthscales] : lengthscales;
    checkNumbers(name, "lengthscales", lengths);
    if (lengths.length !== 1 && lengths.length !== dimension) {
      throw shapeError(
        `${name}: lengthscales must be one number or ${dimension}, got ${lengths.length}`,
      );
    }
    for (let j = 0; j < lengths.length; j++) checkPositive(name, `lengthscales[${j}]`, lengths[j]);
    this.dimension = dimension;
    this.scale = scale;
    this.#lengthscales = Float64Array.from(lengths);
    this.weights = Float64Array.from({ length: dimension }, (_, j) => {
      const weight = 0.5 / lengths[lengths.length === 1 ? 0 : j]! ** 2;
      checkPositive(name, `1 / (2 lengthscales[${j}]^2)`, weight);
      return weight;
    });
  }

  /** phi(q). */
  protected abstract profile(q: number): number;
  /** The n-th derivative of phi at q; may be infinite at 0 beyond the kernel's smoothness. */
  protected abstract profileDerivative(n: number, q: number): number;
  /** phi in WebAssembly, if it is there. */
  protected readonly wasmProfile: Profile | undefined;
  /** phi as a mixture of exp(-rate q). */
  protected abstract mixture(): Mixture;
  /** Names and values of phi's own parameters. */
  protected shape(): Readonly<Record<string, number>> {
    return {};
  }
  /** d phi^(n)(q) / d log of phi's own parameter. */
  protected shapeGradient(_n: number, _q: number): number {
    return 0;
  }

  /** gamma: one number, or one a dimension; a copy. */
  get lengthscales(): Float64Array {
    return this.#lengthscales.slice();
  }

  get parameterNames(): readonly string[] {
    const { length } = this.#lengthscales;
    const lengths = Array.from({ length }, (_, j) =>
      length === 1 ? "lengthscale" : `lengthscales[${j}]`,
    );
    return ["scale", ...lengths, ...Object.keys(this.shape())];
  }

  get parameters(): Float64Array {
    return Float64Array.of(this.scale, ...this.#lengthscales, ...Object.values(this.shape()));
  }

  withParameters(parameters: ArrayLike<number>): this {
    const name = `${this.constructor.name}.withParameters`;
    const names = this.parameterNames;
    checkNumbers(name, "parameters", parameters);
    if (parameters.length !== names.length) {
      throw shapeError(
        `${name}: parameters must hold ${names.length} numbers (${names.join(", ")}), got ${parameters.length}`,
      );
    }
    const values = Array.from(parameters);
    const lengths = this.#lengthscales.length;
    const create = this.constructor as new (options: object) => this;
    return new create({
      dimension: this.dimension,
      scale: values[0],
      lengthscales: values.slice(1, 1 + lengths),
      ...Object.fromEntries(
        names.slice(1 + lengths).map((key, i) => [key, values[1 + lengths + i]]),
      ),
    });
  }

  gram(x: Matrix, z: Matrix): Matrix;
  gram(x: Matrix, z: Matrix, options: PoolOptions): Promise<Matrix>;
  gram(x: Matrix, z: Matrix, options?: Partial<PoolOptions>): Matrix | Promise<Matrix>;
  gram(x: Matrix, z: Matrix, options?: Partial<PoolOptions>): Matrix | Promise<Matrix> {
    const self = this;
    return perform(`${this.constructor.name}.gram`, options, function* () {
      const fn = self.#check("gram", x, z);
      if (self.wasmProfile !== undefined) {
        return yield* profileGram(fn, self.wasmProfile, self.scale, x, z, self.weights);
      }
      return self.#gram(...scaledPoints(fn, x, z, self.weights));
    });
  }

  /** Of points so scaled that their distance is plain. */
  #gram(x: Matrix, z: Matrix): Matrix {
    const [m, n, d] = [x.rows, z.rows, x.cols];
    const out = matrix(m, n);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < (x === z ? i + 1 : n); j++) {
        let q = 0;
        for (let k = 0; k < d; k++) q += (x.data[i * d + k]! - z.data[j * d + k]!) ** 2;
        const value = this.scale * this.profile(q);
        out.data[i * n + j] = value;
        if (x === z) out.data[j * n + i] = value;
      }
    }
    return out;
  }

  pairs(x: Matrix, z: Matrix): Float64Array {
    checkSameRows(this.#check("pairs", x, z), x, z);
    return Float64Array.from({ length: x.rows }, (_, i) => {
      return this.scale * this.profile(this.#distance(x, i, z, i));
    });
  }

  #distance(x: Matrix, i: number, z: Matrix, j: number): number {
    let q = 0;
    for (let k = 0; k < this.dimension; k++) {
      q += this.weights[k]! * (x.data[i * x.cols + k]! - z.data[j * z.cols + k]!) ** 2;
    }
    return q;
  }

  gramGradients(x: Matrix, z: Matrix): Matrix[] {
    this.#check("gramGradients", x, z);
    const gradients = this.parameterNames.map(() => matrix(x.rows, z.rows));
    this.#eachGradient(x, z, (i, j, gradient) => {
      for (let p = 0; p < gradient.length; p++) {
        gradients[p]!.data[i * z.rows + j] = gradient[p]!;
        if (x === z) gradients[p]!.data[j * z.rows + i] = gradient[p]!;
      }
    });
    return gradients;
  }

  /** sum_ij weights_ij d k(x_i, z_j) / d log parameter p for every p, in O(d) memory. */
  contractGradients(x: Matrix, z: Matrix, weights: Matrix): Float64Array {
    const fn = this.#check("contractGradients", x, z);
    checkWeights(fn, weights, x.rows, z.rows);
    if (this.wasmProfile !== undefined) return this.#wasmGradients(fn, x, z, weights);
    const sums = new Float64Array(this.parameterNames.length);
    const { data, cols } = weights;
    this.#eachGradient(x, z, (i, j, gradient) => {
      let weight = data[i * cols + j]!;
      if (x === z && i !== j) weight += data[j * cols + i]!;
      for (let p = 0; p < sums.length; p++) sums[p]! += weight * gradient[p]!;
    });
    return sums;
  }

  #wasmGradients(fn: string, x: Matrix, z: Matrix, weights: Matrix): Float64Array {
    const sums = gradientSums(fn, this.wasmProfile!, x, z, this.weights, weights);
    const scaled = sums.map((sum) => this.scale * sum);
    if (this.#lengthscales.length === this.dimension) return scaled;
    return Float64Array.of(
      scaled[0]!,
      scaled.subarray(1).reduce((sum, v) => sum + v, 0),
    );
  }

  /** The gradient at every pair, those with j <= i alone if x and z are one object. */
  #eachGradient(
    x: Matrix,
    z: Matrix,
    visit: (i: number, j: number, gradient: Float64Array) => void,
  ): void {
    const { dimension: d, weights, scale } = this;
    const lengths = this.#lengthscales.length;
    const gradient = new Float64Array(this.parameterNames.length);
    const parts = new Float64Array(d);
    for (let i = 0; i < x.rows; i++) {
      for (let j = 0; j < (x === z ? i + 1 : z.rows); j++) {
        let q = 0;
        for (let k = 0; k < d; k++) {
          const t = x.data[i * d + k]! - z.data[j * d + k]!;
          parts[k] = weights[k]! * t * t;
          q += parts[k]!;
        }
        gradient[0] = scale * this.profile(q);
        // At q = 0 the slope of a rough kernel is infinite, and the derivative 0 all the same.
        const slope = q === 0 ? 0 : -2 * scale * this.profileDerivative(1, q);
        if (lengths === 1) gradient[1] = slope * q;
        else for (let k = 0; k < d; k++) gradient[1 + k] = slope * parts[k]!;
        if (gradient.length > 1 + lengths) gradient[1 + lengths] = scale * this.shapeGradient(0, q);
        visit(i, j, gradient);
      }
    }
  }

  /**
   * sum_l c_l d^(b_l) / dx d^(b'_l) / dz k(x_i, z_j): m x n for x of m x d and z of n x d.
   *
   * @throws RangeError `ERR_DOMAIN` for a total order above `smoothness`.
   */
  gramDerivative(x: Matrix, z: Matrix, terms: readonly DerivativeTerm[]): Matrix {
    const fn = this.#check("gramDerivative", x, z);
    return gramDerivative(fn, x, z, terms, this.#radial());
  }

  /** The derivatives of `gramDerivative` by the log of every parameter. */
  derivativeGradients(x: Matrix, z: Matrix, terms: readonly DerivativeTerm[]): Matrix[] {
    const fn = this.#check("derivativeGradients", x, z);
    return derivativeGradients(fn, x, z, terms, this.#radial());
  }

  #radial() {
    return {
      dimension: this.dimension,
      scale: this.scale,
      weights: this.weights,
      lengths: this.#lengthscales.length,
      smoothness: Math.min(this.smoothness, LARGEST_ORDER),
      profile: (n: number, q: number) => this.profileDerivative(n, q),
      shapes: Object.keys(this.shape()).map(
        () => (n: number, q: number) => this.shapeGradient(n, q),
      ),
    };
  }

  integral(x: Matrix): Float64Array {
    checkPoints(`${this.constructor.name}.integral`, "x", x, this.dimension);
    const { rates, weights } = this.mixture();
    return Float64Array.from({ length: x.rows }, (_, i) => {
      const point = x.data.subarray(i * this.dimension, (i + 1) * this.dimension);
      return (
        this.scale * this.#expectation(rates, weights, (a, k) => gaussianIntegral(a, point[k]!))
      );
    });
  }

  doubleIntegral(): number {
    const { rates, weights } = this.mixture();
    return this.scale * this.#expectation(rates, weights, gaussianDoubleIntegral);
  }

  #expectation(
    rates: Float64Array,
    weights: Float64Array,
    factor: (a: number, k: number) => number,
  ): number {
    let sum = 0;
    for (let s = 0; s < rates.length; s++) {
      let product = weights[s]!;
      for (let k = 0; k < this.dimension; k++) {
        product *= factor(Math.sqrt(rates[s]!) * Math.sqrt(this.weights[k]!), k);
      }
      sum += product;
    }
    return sum;
  }

  #check(method: string, x: Matrix, z: Matrix): string {
    const fn = `${this.constructor.name}.${method}`;
    checkPoints(fn, "x", x, this.dimension);
    if (z !== x) checkPoints(fn, "z", z, this.dimension);
    scaledPoints(fn, x, z, this.weights); // throws if a distance overflows
    return fn;
  }
}
