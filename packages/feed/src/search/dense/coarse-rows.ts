import { wasm } from "@daily-kernel/compute";
import * as kernels from "../../kernels.generated.ts";
import { grown } from "../lexical/postings.ts";
import { type HeapBlock, heapBlock } from "./heap-block.ts";

/** Vectors in a block of memory. */
const BLOCK = 4096;
const LARGEST_BYTE = 127;
const LARGEST_SHORT = 32767;

/** Products that are nearly right, and by how much at most each is not. */
export interface CoarseDots {
  readonly dots: Float32Array;
  readonly error: (row: number) => number;
}

/**
 * Rows of length up to 1 rounded to bytes, each with a scale of its own: a quarter of the memory
 * to read. By the inequality of Cauchy and Schwarz the product of a unit vector with such a row is
 * off by no more than the length of what rounding took from the row.
 */
export class CoarseRows {
  readonly #stride: number;
  readonly #blocks: { rows: HeapBlock; scales: HeapBlock }[] = [];
  /** The length that rounding took from each row. */
  #taken = new Float32Array(BLOCK);

  constructor(dimension: number) {
    this.#stride = 16 * Math.ceil(dimension / 16);
  }

  set(row: number, vector: Float32Array): void {
    while (row >= this.#blocks.length * BLOCK) {
      const rows = heapBlock((BLOCK * this.#stride) / 4);
      this.#blocks.push({ rows, scales: heapBlock(BLOCK) });
    }
    const { rows, scales } = this.#blocks[Math.floor(row / BLOCK)]!;
    const { heap } = wasm(kernels);
    const at = rows.address + (row % BLOCK) * this.#stride;
    const bytes = new Int8Array(heap.memory.buffer, at, this.#stride);
    const scale = Math.fround(largest(vector) / LARGEST_BYTE);
    let square = 0;
    for (let j = 0; j < vector.length; j++) {
      const byte = scale > 0 ? Math.round(vector[j]! / scale) : 0;
      bytes[j] = byte;
      square += (vector[j]! - byte * scale) ** 2;
    }
    heap.f32(scales.address + 4 * (row % BLOCK), 1)[0] = scale;
    if (row >= this.#taken.length) this.#taken = grown(this.#taken, new Float32Array(2 * row));
    this.#taken[row] = Math.sqrt(square);
  }

  /** The products of a vector of length 1 with the first n rows. */
  dots(unit: Float32Array, n: number): CoarseDots {
    const { exports, heap } = wasm<"coarseDots">(kernels);
    let sum = 0;
    for (const value of unit) sum += Math.abs(value);
    // As fine as 16 bits allow, and 32 for the sum of all products.
    const fine = Math.min(
      LARGEST_SHORT / (largest(unit) || 1),
      (2 ** 31 - 1) / LARGEST_BYTE / (sum || 1) - this.#stride,
    );
    return heap.scope((arena) => {
      const from = arena.alloc(2 * this.#stride);
      const query = new Int16Array(heap.memory.buffer, from, this.#stride).fill(0);
      let square = 0;
      unit.forEach((value, j) => {
        query[j] = Math.round(value * fine);
        square += (value - query[j]! / fine) ** 2;
      });
      const out = arena.f32(n);
      for (let first = 0; first < n; first += BLOCK) {
        const { rows, scales } = this.#blocks[first / BLOCK]!;
        const count = Math.min(BLOCK, n - first);
        const to = out + 4 * first;
        exports.coarseDots(from, rows.address, scales.address, count, this.#stride, to);
      }
      const dots = heap.f32(out, n).slice();
      for (let i = 0; i < n; i++) dots[i] = dots[i]! / fine;
      // Rounded rows are no longer than 2; single precision takes a little too.
      const ofQuery = 2 * Math.sqrt(square) + 1e-6;
      const taken = this.#taken;
      return { dots, error: (row) => taken[row]! + ofQuery };
    });
  }

  dispose(): void {
    for (const { rows, scales } of this.#blocks.splice(0)) {
      rows.release();
      scales.release();
    }
  }
}

function largest(vector: Float32Array): number {
  let most = 0;
  for (const value of vector) most = Math.max(most, Math.abs(value));
  return most;
}
