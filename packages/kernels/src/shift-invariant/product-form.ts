import { checkNumbers, type Matrix, matrix, shapeError } from "@daily-kernel/compute";
import type { DerivativeTerm } from "../kernel.ts";
import { checkWeights } from "../standard/check-points.ts";
import {
  type ProductTerm,
  type Profile,
  termGradients,
  termValues,
  valuesLessOne,
} from "./factors.ts";
import { lanes, scratch } from "./lanes.ts";
import { checkTerms, type Order, plainTerm, type Term } from "./orders.ts";
import type { ProductWeights } from "./product-weights.ts";

/**
 * K(x, z) = S prod_j (1 + gamma_j k_j(x_j, z_j)) with profiles k_j whose integral over either
 * argument is 0, so that S is the kernel's integral. A derivative term replaces 1 + gamma_j k_j by
 * gamma_j times the profile's derivative in the dimensions that it touches.
 *
 * Parameters: `scale`, then `lengthscale` or `lengthscales[j]`, then the profiles' own.
 *
 * `X` is what the kernel takes as points, `P` how it reads them.
 */
export abstract class ProductFormKernel<P extends { rows: number }, X> {
  readonly dimension: number;
  /** S. */
  readonly scale: number;
  /** Which points make the Gram matrix a fast one. */
  abstract readonly structure: "lattice" | "net";
  readonly #lengthscales: Float64Array;

  constructor({ dimension, scale, lengthscales }: ProductWeights) {
    this.dimension = dimension;
    this.scale = scale;
    this.#lengthscales = lengthscales;
  }

  /** Checks points and makes them ready for the profiles; `fn` begins the message of errors. */
  protected abstract read(fn: string, name: string, points: X): P;
  /** The profile of dimension j differentiated so often; throws `ERR_DOMAIN` where there is none. */
  protected abstract profile(fn: string, j: number, order: Order): Profile<P>;
  /** Names and values of the profiles' own parameters. */
  protected abstract own(): { names: readonly string[]; values: ArrayLike<number> };
  /** Which of them belong to dimension j. */
  protected abstract ownIndices(j: number): readonly number[];
  protected abstract rebuild(weights: ProductWeights, own: Float64Array): this;

  /** gamma: one number, or one a dimension; a copy. */
  get lengthscales(): Float64Array {
    return this.#lengthscales.slice();
  }

  get parameterNames(): readonly string[] {
    const { length } = this.#lengthscales;
    const lengths = Array.from({ length }, (_, j) =>
      length === 1 ? "lengthscale" : `lengthscales[${j}]`,
    );
    return ["scale", ...lengths, ...this.own().names];
  }

  get parameters(): Float64Array {
    const own = Array.from(this.own().values);
    return Float64Array.of(this.scale, ...this.#lengthscales, ...own);
  }

  withParameters(parameters: ArrayLike<number>): this {
    const fn = `${this.constructor.name}.withParameters`;
    const names = this.parameterNames;
    checkNumbers(fn, "parameters", parameters);
    if (parameters.length !== names.length) {
      throw shapeError(
        `${fn}: parameters must hold ${names.length} numbers (${names.join(", ")}), got ${parameters.length}`,
      );
    }
    const values = Float64Array.from(parameters);
    const own = 1 + this.#lengthscales.length;
    const lengthscales = values.slice(1, own);
    const weights = { dimension: this.dimension, scale: values[0]!, lengthscales };
    return this.rebuild(weights, values.slice(own));
  }

  gram(x: X, z: X): Matrix {
    return this.#gram("gram", x, z, [plainTerm(this.dimension)]);
  }

  /** K - S at all pairs, without the cancellation of that difference: m x n. */
  gramMinusScale(x: X, z: X): Matrix {
    const fn = `${this.constructor.name}.gramMinusScale`;
    const [a, b] = this.#points(fn, x, z);
    const [term] = this.#compile(fn, [plainTerm(this.dimension)]);
    const out = matrix(a.rows, b.rows);
    const room = scratch();
    for (const lane of lanes(a, b, "gram")) {
      const values = valuesLessOne(lane, term!, room);
      for (let k = 0, i = lane.at; k < lane.count; k++, i += lane.stride) out.data[i] = values[k]!;
    }
    return out;
  }

  pairs(x: X, z: X): Float64Array {
    const fn = `${this.constructor.name}.pairs`;
    const [a, b] = this.#points(fn, x, z);
    if (a.rows !== b.rows) {
      throw shapeError(`${fn}: x and z must have as many rows, got ${a.rows} and ${b.rows}`);
    }
    const compiled = this.#compile(fn, [plainTerm(this.dimension)]);
    const out = new Float64Array(a.rows);
    const room = scratch();
    for (const lane of lanes(a, b, "pairs")) {
      out.set(termValues(lane, compiled, room).subarray(0, lane.count), lane.start);
    }
    return out;
  }

  /**
   * sum_l c_l d^(b_l) / dx d^(b'_l) / dz k(x_i, z_j): m x n for x of m x d and z of n x d.
   *
   * @throws RangeError `ERR_DOMAIN` for orders beyond the kernel's smoothness.
   */
  gramDerivative(x: X, z: X, terms: readonly DerivativeTerm[]): Matrix {
    const fn = `${this.constructor.name}.gramDerivative`;
    return this.#gram("gramDerivative", x, z, checkTerms(fn, terms, this.dimension));
  }

  gramGradients(x: X, z: X): Matrix[] {
    return this.#gradients("gramGradients", x, z, [plainTerm(this.dimension)]);
  }

  /** The gradient of `gramDerivative` in the logs of the parameters: a matrix each. */
  derivativeGradients(x: X, z: X, terms: readonly DerivativeTerm[]): Matrix[] {
    const fn = `${this.constructor.name}.derivativeGradients`;
    return this.#gradients("derivativeGradients", x, z, checkTerms(fn, terms, this.dimension));
  }

  /** sum_ij weights_ij d k(x_i, z_j) / d log parameter p for every p, in little memory. */
  contractGradients(x: X, z: X, weights: Matrix): Float64Array {
    const fn = `${this.constructor.name}.contractGradients`;
    const [a, b] = this.#points(fn, x, z);
    checkWeights(fn, weights, a.rows, b.rows);
    const compiled = this.#compile(fn, [plainTerm(this.dimension)]);
    const sums = new Float64Array(this.parameterNames.length);
    const room = scratch();
    for (const lane of lanes(a, b, "gram")) {
      termGradients(lane, compiled, room, (p, values) => {
        let sum = 0;
        for (let k = 0, i = lane.at; k < lane.count; k++, i += lane.stride) {
          sum += values[k]! * weights.data[i]!;
        }
        sums[p]! += sum;
      });
    }
    return sums;
  }

  integral(x: X): Float64Array {
    const { rows } = this.read(`${this.constructor.name}.integral`, "x", x);
    return new Float64Array(rows).fill(this.scale);
  }

  doubleIntegral(): number {
    return this.scale;
  }

  #points(fn: string, x: X, z: X): [P, P] {
    const a = this.read(fn, "x", x);
    return [a, z === x ? a : this.read(fn, "z", z)];
  }

  #compile(fn: string, terms: readonly Term[]): ProductTerm<P>[] {
    const lengths = this.#lengthscales.length;
    return terms.map(({ coefficient, orders }) => ({
      coefficient: this.scale * coefficient,
      factors: orders.map((order, j) => ({
        one: order.x + order.z === 0 ? 1 : 0,
        gamma: this.#lengthscales[lengths === 1 ? 0 : j]!,
        profile: this.profile(fn, j, order),
        gammaIndex: lengths === 1 ? 1 : 1 + j,
        ownIndices: this.ownIndices(j).map((index) => 1 + lengths + index),
      })),
    }));
  }

  #gram(method: string, x: X, z: X, terms: readonly Term[]): Matrix {
    const fn = `${this.constructor.name}.${method}`;
    const [a, b] = this.#points(fn, x, z);
    const compiled = this.#compile(fn, terms);
    const out = matrix(a.rows, b.rows);
    const room = scratch();
    for (const lane of lanes(a, b, "gram")) {
      const values = termValues(lane, compiled, room);
      for (let k = 0, i = lane.at; k < lane.count; k++, i += lane.stride) out.data[i] = values[k]!;
    }
    return out;
  }

  #gradients(method: string, x: X, z: X, terms: readonly Term[]): Matrix[] {
    const fn = `${this.constructor.name}.${method}`;
    const [a, b] = this.#points(fn, x, z);
    const compiled = this.#compile(fn, terms);
    const out = this.parameterNames.map(() => matrix(a.rows, b.rows));
    const room = scratch();
    for (const lane of lanes(a, b, "gram")) {
      termGradients(lane, compiled, room, (p, values) => {
        const { data } = out[p]!;
        for (let k = 0, i = lane.at; k < lane.count; k++, i += lane.stride) data[i]! += values[k]!;
      });
    }
    return out;
  }
}
