import { checkNumbers, domainError, type Matrix, matrix, shapeError } from "@daily-kernel/compute";
import { sigmoid } from "../check.ts";
import { type Layout, scoreOf } from "./factors.ts";
import type { Loss } from "./training-options.ts";

/**
 * A fitted factorisation: the score of user u and item i is p_u . q_i plus their biases, and the
 * prediction that score (squared loss) or its logistic function (log loss). Koren, Bell, Volinsky
 * 2009.
 */
export class MatrixFactorization {
  readonly users: number;
  readonly items: number;
  readonly rank: number;
  readonly loss: Loss;
  /** The last epoch's mean loss, weights included. */
  readonly trainingLoss: number;
  /** Epochs done. */
  readonly epochs: number;
  readonly #theta: Float64Array;
  readonly #layout: Layout;

  constructor(
    theta: Float64Array,
    layout: Layout,
    fitted: { loss: Loss; trainingLoss: number; epochs: number },
  ) {
    this.#theta = theta;
    this.#layout = layout;
    this.users = layout.users;
    this.items = layout.items;
    this.rank = layout.rank;
    this.loss = fitted.loss;
    this.trainingLoss = fitted.trainingLoss;
    this.epochs = fitted.epochs;
  }

  /** The prediction at one cell. Throws `ERR_DOMAIN` for an index out of range. */
  predict(user: number, item: number): number {
    const inside = (v: number, n: number) => Number.isInteger(v) && v >= 0 && v < n;
    if (!inside(user, this.users) || !inside(item, this.items)) {
      throw domainError(
        `MatrixFactorization.predict: user and item must be whole numbers below ${this.users} and ${this.items}, got ${user} and ${item}`,
      );
    }
    const score = scoreOf(this.#theta, this.#layout, user, item);
    return this.loss === "logistic" ? sigmoid(score) : score;
  }

  /** The predictions at cells (user[k], item[k]). */
  predictCells(user: ArrayLike<number>, item: ArrayLike<number>): Float64Array {
    checkNumbers("MatrixFactorization.predictCells", "user", user);
    checkNumbers("MatrixFactorization.predictCells", "item", item);
    if (user.length !== item.length) {
      throw shapeError(
        `MatrixFactorization.predictCells: user and item must have one length, got ${user.length} and ${item.length}`,
      );
    }
    return Float64Array.from(user, (u, k) => this.predict(u, item[k]!));
  }

  /** All predictions, users x items. */
  predictAll(): Matrix {
    const out = matrix(this.users, this.items);
    for (let c = 0; c < out.data.length; c++) {
      out.data[c] = this.predict(Math.floor(c / this.items), c % this.items);
    }
    return out;
  }

  /** p_u for every user, users x rank; a copy. */
  get userFactors(): Matrix {
    return matrix(this.users, this.rank, this.#theta.slice(0, this.users * this.rank));
  }

  /** q_i for every item, items x rank; a copy. */
  get itemFactors(): Matrix {
    const from = this.users * this.rank;
    return matrix(this.items, this.rank, this.#theta.slice(from, from + this.items * this.rank));
  }
}
