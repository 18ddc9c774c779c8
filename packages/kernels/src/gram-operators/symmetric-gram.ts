import type { Matrix } from "@daily-kernel/compute";
import type { Kernel } from "../kernel.ts";
import { TiledGram } from "./tiled-gram.ts";

/** A Gram matrix of which the lower triangle is held, in tiles: half the memory of a dense one. */
export class SymmetricGram extends TiledGram {
  readonly #tiles: Matrix[] = [];

  constructor(kernel: Kernel, x: Matrix) {
    super(kernel, x);
    for (let i = 0; i < this.tiles; i++) {
      for (let j = 0; j <= i; j++) this.#tiles.push(this.evaluate(i, j));
    }
  }

  protected override tile(i: number, j: number): Matrix {
    return this.#tiles[(i * (i + 1)) / 2 + j]!;
  }
}
