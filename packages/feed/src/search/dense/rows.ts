import { wasm } from "@daily-kernel/compute";
import * as kernels from "../../kernels.generated.ts";

/** Vectors in a block of memory that the kernels read. */
const BLOCK = 4096;

interface Block {
  readonly address: number;
  readonly release: () => void;
}

/**
 * Rows of single-precision numbers for scans by one query: kept where the WebAssembly kernel reads
 * them, in blocks, so that growing copies nothing.
 */
export class Rows {
  readonly #dimension: number;
  /** The dimension, rounded up to what the kernel takes at a time. */
  readonly #stride: number;
  readonly #blocks: Block[] = [];

  constructor(dimension: number) {
    this.#dimension = dimension;
    this.#stride = 16 * Math.ceil(dimension / 16);
  }

  set(row: number, vector: Float32Array): void {
    while (row >= this.#blocks.length * BLOCK) this.#blocks.push(newBlock(BLOCK * this.#stride));
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

  /** Gives the memory back; the rows are gone. */
  dispose(): void {
    for (const { release } of this.#blocks.splice(0)) release();
  }

  #view(row: number): Float32Array {
    const { address } = this.#blocks[Math.floor(row / BLOCK)]!;
    return wasm(kernels).heap.f32(address + 4 * (row % BLOCK) * this.#stride, this.#stride);
  }
}

/** Memory that lives until it is released: a scope of the heap that ends with a promise. */
function newBlock(length: number): Block {
  const { heap } = wasm(kernels);
  const { promise, resolve } = Promise.withResolvers<void>();
  let address = 0;
  heap.scope((arena) => {
    address = arena.f32(length);
    heap.f32(address, length).fill(0);
    return promise;
  });
  return { address, release: resolve };
}
