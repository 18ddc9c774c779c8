import { type Arena, type Rng, wasm } from "@daily-kernel/compute";
import * as kernels from "../kernels.generated.ts";
import type { Ratings } from "../ratings/ratings.ts";

/** Numbers in the memory of the kernels. */
export interface Column {
  readonly at: number;
  readonly values: Float64Array;
}

/** Runs a training with memory of its own, which is given back when it ends. */
export const withMemory = <T>(body: (arena: Arena) => Promise<T>): Promise<T> =>
  wasm(kernels).heap.scope(body);

/** A column of n zeros. Kernels may read and write one number past an odd end. */
export function column(arena: Arena, n: number): Column {
  const { heap } = wasm(kernels);
  const even = n + (n % 2);
  const at = arena.f64(even);
  heap.f64(at, even).fill(0);
  return { at, values: heap.f64(at, n) };
}

/** Up to `most` cells of a table, by their users and items. */
export class Cells {
  readonly user: Int32Array;
  readonly item: Int32Array;
  readonly userAt: number;
  readonly itemAt: number;
  readonly #uniform: Float64Array;
  size = 0;

  constructor(arena: Arena, most: number) {
    const { heap } = wasm(kernels);
    this.userAt = arena.i32(most);
    this.itemAt = arena.i32(most);
    this.user = heap.i32(this.userAt, most);
    this.item = heap.i32(this.itemAt, most);
    this.#uniform = new Float64Array(most);
  }

  /** The cells of these ratings. */
  gather({ user, item }: Ratings, part: Uint32Array): void {
    this.size = part.length;
    for (let b = 0; b < part.length; b++) {
      this.user[b] = user[part[b]!]!;
      this.item[b] = item[part[b]!]!;
    }
  }

  /** Cells of a table of this size, drawn at random. */
  draw({ users, items }: Ratings, size: number, rng: Rng): void {
    this.size = size;
    const uniform = rng.fillUniform(this.#uniform.subarray(0, size));
    for (let b = 0; b < size; b++) {
      const cell = Math.floor(uniform[b]! * users * items);
      this.user[b] = Math.floor(cell / items);
      this.item[b] = cell % items;
    }
  }
}

/** Ratings of a step: their cells, values and weights. */
export class Batch extends Cells {
  readonly rating: Float64Array;
  readonly weight: Float64Array;

  constructor(arena: Arena, most: number) {
    super(arena, most);
    this.rating = new Float64Array(most);
    this.weight = new Float64Array(most);
  }

  /** These ratings with their weights. */
  fill(observed: Ratings, part: Uint32Array, weights: Float64Array): void {
    this.gather(observed, part);
    for (let b = 0; b < part.length; b++) {
      this.rating[b] = observed.rating[part[b]!]!;
      this.weight[b] = weights[part[b]!]!;
    }
  }
}

/** The cells of a table, dealt at random, none twice before all were had or the deck is restarted. */
export class Deck {
  readonly #items: number;
  readonly #order: Uint32Array;
  readonly #rng: Rng;
  #dealt = 0;

  constructor({ users, items }: Ratings, rng: Rng) {
    this.#items = items;
    this.#order = Uint32Array.from({ length: users * items }, (_, cell) => cell);
    this.#rng = rng;
  }

  restart(): void {
    this.#dealt = 0;
  }

  /** The next `count` cells: the front of a shuffle, as far as it is needed. */
  deal(cells: Cells, count: number): void {
    const order = this.#order;
    const uniform = this.#rng.fillUniform(new Float64Array(count));
    cells.size = count;
    for (let c = 0; c < count; c++) {
      if (this.#dealt === order.length) this.#dealt = 0;
      const at = this.#dealt++;
      const other = at + Math.floor(uniform[c]! * (order.length - at));
      const cell = order[other]!;
      order[other] = order[at]!;
      order[at] = cell;
      cells.user[c] = Math.floor(cell / this.#items);
      cells.item[c] = cell % this.#items;
    }
  }
}
