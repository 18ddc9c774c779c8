import { type Arena, matrix, type Rng, wasm } from "@daily-kernel/compute";
import type { Kernel } from "@daily-kernel/kernels";
import * as kernels from "../kernels.generated.ts";
import { Adam } from "../model/adam.ts";
import { type Batch, Cells, type Column, column } from "../model/memory.ts";
import type { SideFeatures } from "./cell-features.ts";
import type { StepFunctions } from "./weight-model.ts";

/** Steps on the coefficients for each step of the weights. */
const COEFFICIENT_STEPS = 3;
/** The default kernel is exp(-RATE |x - z|^2). */
const RATE = 0.1;

export interface ReleasedSettings {
  /** J. */
  readonly count: number;
  /** Ratings of a step, and cells drawn for it. */
  readonly batch: number;
  readonly cells: number;
  /** Of the coefficients. */
  readonly rate: number;
  readonly decay: number;
  readonly kernel: Kernel | undefined;
  readonly rng: Rng;
}

/**
 * The functions of a step as the released code has them: their centres are among the cells drawn
 * for the step, at random or at the slots of the largest coefficients, and means over all cells are
 * means over those drawn. There is a coefficient a slot, whatever cell is in it.
 */
export class ReleasedFunctions {
  readonly #settings: ReleasedSettings;
  readonly #features: ReleasedFeatures;
  readonly #coefficients: Column;
  readonly #adam: Adam;
  readonly #centres: Cells;
  /** Features of the batch, of the cells and of the centres. */
  readonly #ofBatch: Column;
  readonly #ofCells: Column;
  readonly #ofCentres: Column;
  /** Between batch and centres, cells and centres, cells and batch (an even number of columns). */
  readonly #values: Column;
  readonly #all: Column;
  readonly #gram: Column;
  /** A number a rating, and a number a cell. */
  readonly #perRating: Column;
  readonly #perCell: Column;
  #last = 0;

  constructor(arena: Arena, features: SideFeatures, settings: ReleasedSettings) {
    const { count, batch, cells, rng, rate, decay } = settings;
    this.#settings = settings;
    this.#features = new ReleasedFeatures(arena, features);
    this.#coefficients = column(arena, cells);
    rng.fillUniform(this.#coefficients.values);
    this.#adam = new Adam(arena, this.#coefficients, rate, decay);
    this.#centres = new Cells(arena, count);
    const { dimension } = this.#features;
    this.#ofBatch = column(arena, batch * dimension);
    this.#ofCells = column(arena, cells * dimension);
    this.#ofCentres = column(arena, count * dimension);
    this.#values = column(arena, batch * count);
    this.#all = column(arena, cells * count);
    this.#gram = column(arena, cells * (batch + 1));
    this.#perRating = column(arena, batch + 1);
    this.#perCell = column(arena, cells);
  }

  /** Functions at random slots. */
  random(batch: Batch, cells: Cells): StepFunctions {
    const { count, rng } = this.#settings;
    this.#look(batch, cells);
    return this.#at(
      Array.from({ length: count }, () => rng.integer(cells.size)),
      batch,
      cells,
    );
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
    this.#look(batch, cells);
    const { size } = batch;
    const cols = this.#cellsByBatch(batch, cells);
    const { combineRows, dotRows } = wasm(kernels).exports;
    const rest = this.#perRating.values;
    const eps = this.#coefficients.at;
    const look = (): number => {
      combineRows!(this.#gram.at, cells.size, cols, eps, this.#perRating.at);
      let loss = 0;
      for (let b = 0; b < size; b++) {
        const left = errors[b]! - rest[b]!;
        loss += base[b]! * left * left;
        rest[b] = -2 * base[b]! * left;
      }
      return loss;
    };
    let loss = look();
    if ((this.#last - loss) / (this.#last + 1e-10) < enough) {
      for (let step = 0; step < COEFFICIENT_STEPS; step++) {
        if (step > 0) loss = look();
        dotRows!(this.#gram.at, cells.size, cols, this.#perRating.at, this.#adam.gradient.at);
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
    this.#look(batch, cells);
    const { size } = cells;
    const cols = this.#cellsByBatch(batch, cells);
    const products = (weights?: Float64Array): Float64Array => {
      this.#perRating.values.fill(1).set(weights ?? []);
      const { dotRows } = wasm(kernels).exports;
      dotRows!(this.#gram.at, size, cols, this.#perRating.at, this.#perCell.at);
      return this.#perCell.values.slice(0, size);
    };
    const under = products();
    const over = products(batch.weight.subarray(0, batch.size));
    for (let d = 0; d < size; d += cols) {
      // the Gram matrix of the cells among themselves, by as many columns as fit
      const to = Math.min(size, d + batch.size);
      this.#kernel(this.#ofCells, [0, size], this.#ofCells, [d, to], this.#gram);
      const width = to - d;
      for (let j = 0; j < size; j++) {
        for (let k = 0; k < width; k++) over[j]! -= this.#gram.values[j * width + k]!;
      }
    }
    const eps = this.#coefficients.values;
    const slope = this.#adam.gradient.values;
    const look = () => {
      let [a, b] = [0, 0];
      for (let j = 0; j < size; j++) {
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
        for (let j = 0; j < size; j++) {
          slope[j] = (-2 * a * over[j]!) / b ** 2 + (2 * a * a * under[j]!) / b ** 3;
        }
        this.#adam.step();
      }
    }
    this.#last = now.loss;
    return this.#at(this.#largest(), batch, cells);
  }

  #look(batch: Batch, cells: Cells): void {
    this.#features.of(batch, this.#ofBatch);
    this.#features.of(cells, this.#ofCells);
  }

  /** Fills the Gram matrix of cells and batch, zeros in a column that makes them even. */
  #cellsByBatch(batch: Batch, cells: Cells): number {
    const { size } = batch;
    this.#kernel(this.#ofCells, [0, cells.size], this.#ofBatch, [0, size], this.#gram);
    if (size % 2 === 0) return size;
    const { values } = this.#gram;
    for (let j = cells.size - 1; j >= 0; j--) {
      values.copyWithin(j * (size + 1), j * size, (j + 1) * size);
      values[j * (size + 1) + size] = 0;
    }
    return size + 1;
  }

  #largest(): number[] {
    const eps = this.#coefficients.values;
    const slots: number[] = [];
    while (slots.length < this.#settings.count) {
      let most = -1;
      for (let j = 0; j < eps.length; j++) {
        const larger = most < 0 || Math.abs(eps[j]!) > Math.abs(eps[most]!);
        if (larger && !slots.includes(j)) most = j;
      }
      slots.push(most);
    }
    return slots;
  }

  #at(slots: readonly number[], batch: Batch, cells: Cells): StepFunctions {
    const J = slots.length;
    this.#centres.size = J;
    slots.forEach((slot, j) => {
      this.#centres.user[j] = cells.user[slot]!;
      this.#centres.item[j] = cells.item[slot]!;
    });
    this.#features.of(this.#centres, this.#ofCentres);
    this.#kernel(this.#ofBatch, [0, batch.size], this.#ofCentres, [0, J], this.#values);
    this.#kernel(this.#ofCells, [0, cells.size], this.#ofCentres, [0, J], this.#all);
    const targets = new Float64Array(J);
    const all = this.#all.values;
    for (let c = 0, at = 0; c < cells.size; c++) {
      for (let j = 0; j < J; j++, at++) targets[j]! += all[at]! / cells.size;
    }
    return { values: this.#values.values, targets };
  }

  /** k between rows of two sets of features. */
  #kernel(
    x: Column,
    [i, m]: [number, number],
    z: Column,
    [j, n]: [number, number],
    out: Column,
  ): void {
    const d = this.#features.dimension;
    const { kernel } = this.#settings;
    if (kernel) {
      const a = matrix(m - i, d, x.values.slice(i * d, m * d));
      const b = matrix(n - j, d, z.values.slice(j * d, n * d));
      out.values.set(kernel.gram(a, b).data);
      return;
    }
    const [a, b] = [x.at + 8 * i * d, z.at + 8 * j * d];
    wasm(kernels).exports.gaussianGram!(a, m - i, b, n - j, d, RATE, out.at);
  }
}

/**
 * The features of cells as the released code has them: beside one another, less min / (max - min)
 * of all numbers at hand (and not (x - min) / (max - min)), over their number.
 */
export class ReleasedFeatures {
  readonly dimension: number;
  readonly #user: number;
  readonly #item: number;
  readonly #sizes: readonly [p: number, q: number];

  constructor(arena: Arena, { userFeatures, itemFeatures }: SideFeatures) {
    this.#user = arena.f64(userFeatures.data);
    this.#item = arena.f64(itemFeatures.data);
    this.#sizes = [userFeatures.cols, itemFeatures.cols];
    this.dimension = userFeatures.cols + itemFeatures.cols;
  }

  of({ userAt, itemAt, size }: Cells, out: Column): void {
    wasm(kernels).exports.shiftedFeatures!(
      ...[this.#user, this.#item, ...this.#sizes, userAt, itemAt, size, out.at],
    );
  }
}
