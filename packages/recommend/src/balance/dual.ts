import { type Arena, type Matrix, matrix, syrk, wasm } from "@daily-kernel/compute";
import * as kernels from "../kernels.generated.ts";
import { type Column, column } from "../model/memory.ts";

/** Runs work with memory of the kernels, which is given back at its end. */
export const withScratch = <T>(body: (arena: Arena) => T): T => wasm(kernels).heap.scope(body);

/** The smooth part of the dual at a point, its weights (mean 1), and its gradient: the imbalance. */
export interface DualState {
  readonly value: number;
  readonly weights: Float64Array;
  readonly imbalance: Float64Array;
}

/** log mean(base exp(sum_j b_j (phi_j - target_j))), the dual of entropy balancing. */
export class Dual {
  readonly #rows: number;
  readonly #size: number;
  /** The number of functions, made even. */
  readonly #cols: number;
  readonly #base: Float64Array;
  readonly #centred: Column;
  readonly #weights: Column;
  readonly #point: Column;
  readonly #scaled: Column;

  /** @param base logarithms of the base weights */
  constructor(arena: Arena, functions: Matrix, targets: ArrayLike<number>, base: Float64Array) {
    const { rows, cols: size, data } = functions;
    this.#rows = rows;
    this.#size = size;
    this.#cols = size + (size % 2);
    this.#base = base;
    this.#centred = column(arena, rows * this.#cols);
    this.#scaled = column(arena, rows * this.#cols);
    this.#weights = column(arena, rows);
    this.#point = column(arena, this.#cols);
    const { values } = this.#centred;
    for (let i = 0; i < rows; i++) {
      const [from, to] = [i * size, i * this.#cols];
      for (let j = 0; j < size; j++) values[to + j] = data[from + j]! - targets[j]!;
    }
  }

  evaluate(b: Float64Array): DualState {
    const { exponentials, dotRows, combineRows } = wasm(kernels).exports;
    const rows = this.#rows;
    const [phi, w, point] = [this.#centred.at, this.#weights.at, this.#point.at];
    this.#point.values.set(b);
    dotRows!(phi, rows, this.#cols, point, w);
    const { values } = this.#weights;
    let top = -Infinity;
    for (let i = 0; i < rows; i++) {
      const s = values[i]! + this.#base[i]!;
      values[i] = s;
      if (s > top) top = s;
    }
    const sum = exponentials!(w, rows, top);
    const scale = rows / sum;
    for (let i = 0; i < rows; i++) values[i]! *= scale;
    combineRows!(phi, rows, this.#cols, w, point);
    const imbalance = this.#point.values.slice(0, this.#size).map((v) => v / rows);
    this.#point.values.fill(0);
    return { value: top + Math.log(sum / rows), weights: values.slice(), imbalance };
  }

  /** The covariance of the functions under the weights. */
  hessian({ weights, imbalance }: DualState): Matrix {
    const rows = this.#rows;
    for (let i = 0; i < rows; i++) this.#weights.values[i] = weights[i]! / rows;
    this.#point.values.set(imbalance);
    wasm(kernels).exports.weightedRows!(
      ...[this.#centred.at, rows, this.#cols, this.#weights.at, this.#point.at, this.#scaled.at],
    );
    this.#point.values.fill(0);
    const all = syrk(matrix(rows, this.#cols, this.#scaled.values), { transpose: true });
    if (this.#cols === this.#size) return all;
    const size = this.#size;
    const out = matrix(size, size);
    for (let j = 0; j < size; j++) {
      out.data.set(all.data.subarray(j * this.#cols, j * this.#cols + size), j * size);
    }
    return out;
  }
}
