import { type Arena, type Matrix, matrix, type Rng } from "@daily-kernel/compute";
import type { Kernel } from "@daily-kernel/kernels";
import { Adam } from "../model/adam.ts";
import { type Batch, type Cells, type Column, column } from "../model/memory.ts";
import type { SideFeatures } from "./cell-features.ts";
import type { StepFunctions } from "./weight-model.ts";

/** Steps on the coefficients for each step of the weights. */
const COEFFICIENT_STEPS = 3;

/**
 * The features of cells as the released code has them: beside one another, less min / (max - min)
 * of all numbers at hand (and not (x - min) / (max - min)), over their number.
 */
export function releasedFeatures(
  { userFeatures, itemFeatures }: SideFeatures,
  { user, item, size }: Pick<Cells, "user" | "item" | "size">,
): Matrix {
  const [p, q] = [userFeatures.cols, itemFeatures.cols];
  const out = matrix(size, p + q);
  let [low, high] = [Infinity, -Infinity];
  for (let c = 0; c < size; c++) {
    const row = c * (p + q);
    out.data.set(userFeatures.data.subarray(user[c]! * p, (user[c]! + 1) * p), row);
    out.data.set(itemFeatures.data.subarray(item[c]! * q, (item[c]! + 1) * q), row + p);
  }
  for (const v of out.data) {
    if (v < low) low = v;
    if (v > high) high = v;
  }
  const shift = high > low ? low / (high - low) : 0;
  for (let c = 0; c < out.data.length; c++) out.data[c] = (out.data[c]! - shift) / (p + q);
  return out;
}

/**
 * The functions of a step as the released code has them: their centres are among the cells drawn
 * for the step, at random or at the slots of the largest coefficients, and means over all cells are
 * means over those drawn. There is a coefficient a slot, whatever cell is in it.
 */
export class ReleasedFunctions {
  readonly #features: SideFeatures;
  readonly #kernel: Kernel;
  readonly #count: number;
  readonly #rng: Rng;
  readonly #coefficients: Column;
  readonly #adam: Adam;
  #last = 0;

  constructor(
    arena: Arena,
    features: SideFeatures,
    kernel: Kernel,
    given: { count: number; slots: number; rate: number; decay: number; rng: Rng },
  ) {
    this.#features = features;
    this.#kernel = kernel;
    this.#count = given.count;
    this.#rng = given.rng;
    this.#coefficients = column(arena, given.slots);
    given.rng.fillUniform(this.#coefficients.values);
    this.#adam = new Adam(arena, this.#coefficients, given.rate, given.decay);
  }

  /** Functions at random slots. */
  random(batch: Batch, cells: Cells): StepFunctions {
    const slots = Array.from({ length: this.#count }, () => this.#rng.integer(cells.size));
    return this.#at(slots, batch, cells);
  }

  /**
   * Functions at the slots of the largest coefficients after steps on sum_b w_b (e_b - h(x_b))^2,
   * h = sum_j eps_j k(., z_j), taken unless the loss fell by the share `enough` since the last step.
   */
  adaptive(
    batch: Batch,
    cells: Cells,
    errors: Float64Array,
    base: Float64Array,
    enough: number,
  ): StepFunctions {
    const { size } = batch;
    const k = this.#gram(cells, batch);
    const eps = this.#coefficients.values;
    const rest = new Float64Array(size);
    const look = (): number => {
      for (let b = 0; b < size; b++) rest[b] = errors[b]!;
      for (let j = 0; j < cells.size; j++) {
        const row = j * size;
        for (let b = 0; b < size; b++) rest[b]! -= eps[j]! * k[row + b]!;
      }
      return rest.reduce((sum, v, b) => sum + base[b]! * v * v, 0);
    };
    let loss = look();
    if ((this.#last - loss) / (this.#last + 1e-10) < enough) {
      for (let step = 0; step < COEFFICIENT_STEPS; step++) {
        if (step > 0) loss = look();
        for (let b = 0; b < size; b++) rest[b]! *= -2 * base[b]!;
        const { values } = this.#adam.gradient;
        for (let j = 0; j < cells.size; j++) {
          let slope = 0;
          for (let b = 0, at = j * size; b < size; b++) slope += rest[b]! * k[at + b]!;
          values[j] = slope;
        }
        this.#adam.step();
      }
    }
    this.#last = loss;
    return this.#at(this.#largest(), batch, cells);
  }

  /**
   * The same after steps on -(sum_b w_b h(x_b) - sum_d h(x_d))^2 / (sum_b h(x_b))^2, which stands in
   * the released code for imbalance over norm.
   */
  worst(batch: Batch, cells: Cells): StepFunctions {
    const k = this.#gram(cells, batch);
    const all = this.#gram(cells, cells);
    const { size, weight } = batch;
    const over = new Float64Array(cells.size);
    const under = new Float64Array(cells.size);
    for (let j = 0; j < cells.size; j++) {
      for (let b = 0, at = j * size; b < size; b++) {
        over[j]! += weight[b]! * k[at + b]!;
        under[j]! += k[at + b]!;
      }
      for (let d = 0, at = j * cells.size; d < cells.size; d++) over[j]! -= all[at + d]!;
    }
    const eps = this.#coefficients.values;
    const look = () => {
      let [a, b] = [0, 0];
      for (let j = 0; j < cells.size; j++) {
        a += eps[j]! * over[j]!;
        b += eps[j]! * under[j]!;
      }
      return { a, b, loss: -(a * a) / (b * b) };
    };
    let now = look();
    if ((now.loss - this.#last) / (this.#last + 1e-10) < 0.5) {
      for (let step = 0; step < COEFFICIENT_STEPS; step++) {
        if (step > 0) now = look();
        const { a, b } = now;
        const { values } = this.#adam.gradient;
        for (let j = 0; j < cells.size; j++) {
          values[j] = (-2 * a * over[j]!) / b ** 2 + (2 * a * a * under[j]!) / b ** 3;
        }
        this.#adam.step();
      }
    }
    this.#last = now.loss;
    return this.#at(this.#largest(), batch, cells);
  }

  #gram(z: Cells, x: Cells): Float64Array {
    const [a, b] = [releasedFeatures(this.#features, z), releasedFeatures(this.#features, x)];
    return this.#kernel.gram(a, b).data;
  }

  #largest(): number[] {
    const eps = this.#coefficients.values;
    const order = Array.from(eps.keys());
    order.sort((i, j) => Math.abs(eps[j]!) - Math.abs(eps[i]!) || i - j);
    return order.slice(0, this.#count);
  }

  #at(slots: readonly number[], batch: Batch, cells: Cells): StepFunctions {
    const user = Int32Array.from(slots, (slot) => cells.user[slot]!);
    const item = Int32Array.from(slots, (slot) => cells.item[slot]!);
    const centres = releasedFeatures(this.#features, { user, item, size: slots.length });
    const values = this.#kernel.gram(releasedFeatures(this.#features, batch), centres).data;
    const all = this.#kernel.gram(releasedFeatures(this.#features, cells), centres).data;
    const targets = new Float64Array(slots.length);
    for (let c = 0; c < all.length; c++) targets[c % slots.length]! += all[c]! / cells.size;
    return { values, targets };
  }
}
