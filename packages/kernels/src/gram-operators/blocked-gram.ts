import type { Matrix } from "@daily-kernel/compute";
import { TiledGram } from "./tiled-gram.ts";

/**
 * A Gram matrix that is never held: each product evaluates the tiles of its lower triangle and uses
 * them twice. Memory O(n d) beside a tile.
 */
export class BlockedGram extends TiledGram {
  protected override tile(i: number, j: number): Matrix {
    return this.evaluate(i, j);
  }
}
