import { wasm } from "@daily-kernel/compute";
import * as kernels from "../../kernels.generated.ts";
import { type HeapBlock, heapBlock } from "./heap-block.ts";

/** Vectors in a block of memory that the kernels read. */
const BLOCK = 4096;

/**
 * Rows of single-precision numbers for scans by one query: kept where the WebAssembly kernel reads
 * them, in blocks, so that growing copies nothing.
 */
export class Rows {
  readonly #dimension: number;
  /** The dimension, rounded up to what the kernel takes at a time. */
  readonly #stride: number;
  readonly #blocks: HeapBlock[] = [];

  constructor(dimension: number) {
    this.#dimension = dimension;
    this.#stride = 16 * Math.ceil(dimension / 16);
  }

  set(row: number, vector: Float32Array): void {
    while (row >= this.#blocks.length * BLOCK) this.#blocks.push(heapBlock(BLOCK * this.#stride));
    this.#view(row).set(vector);
  }

  get(row: number): Float32Array {
    return this.#view(row).slice(0, this.#dimension);
  }

  /** The products of the query with the first n rows; n * dimension multiply-adds. */
  dots(query: Float32Array, n: number): Float32Array {
    const { exports, heap } = wasm<"dots">(kernels);
    return heap.scope((arena) => {
      const padded = new Float32Array(this.#stride);
      padded.set(query);
      const from = arena.f32(padded);
      const out = arena.f32(n);
      for (let first = 0; first < n; first += BLOCK) {
        const { address } = this.#blocks[first / BLOCK]!;
        exports.dots(from, address, Math.min(BLOCK, n - first), this.#stride, out + 4 * first);
      }
      return heap.f32(out, n).slice();
    });
  }

  /** The products of the query with some of the rows, as `dots` has them to the last bit. */
  dotsOf(query: Float32Array, rows: readonly number[]): Float32Array {
    const { exports, heap } = wasm<"dots">(kernels);
    return heap.scope((arena) => {
      const padded = new Float32Array(this.#stride);
      padded.set(query);
      const from = arena.f32(padded);
      const out = arena.f32(rows.length);
      rows.forEach((row, i) => {
        const { address } = this.#blocks[Math.floor(row / BLOCK)]!;
        exports.dots(
          from,
          address + 4 * (row % BLOCK) * this.#stride,
          1,
          this.#stride,
          out + 4 * i,
        );
      });
      return heap.f32(out, rows.length).slice();
    });
  }

  /** Gives the memory back; the rows are gone. */
  dispose(): void {
    for (const { release } of this.#blocks.splice(0)) release();
  }

  #view(row: number): Float32Array {
    const { address } = this.#blocks[Math.floor(row / BLOCK)]!;
    return wasm(kernels).heap.f32(address + 4 * (row % BLOCK) * this.#stride, this.#stride);
  }
}
