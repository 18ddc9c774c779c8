import { wasm } from "@daily-kernel/compute";
import * as kernels from "../kernels.generated.ts";

let address = 0;
let quarter = 0; // the largest q in the table
let release: () => void = () => {};

/**
 * Address of the twiddle table for transforms of up to 2^m numbers: for every power of two q up to
 * 2^m / 4, at 2q doubles, cos(2 pi j / 4q) and then -sin(2 pi j / 4q), j = 0..q-1. It stays in the
 * heap for the next call and grows by doubling: 2^m doubles.
 */
export function twiddleTable(m: number): number {
  const q = Math.max(1, 2 ** (m - 2));
  if (q <= quarter) return address;
  const { heap } = wasm(kernels);
  release();
  // A scope that ends when a larger table replaces this one.
  void heap.scope((arena) => {
    address = arena.f64(4 * q);
    quarter = q;
    return new Promise<void>((resolve) => {
      release = resolve;
    });
  });
  fillTwiddles(heap.f64(address, 4 * q), q);
  return address;
}

/** The table's contents; the levels below the largest are every second number of the next one. */
function fillTwiddles(table: Float64Array, q: number): void {
  const top = table.subarray(2 * q, 4 * q);
  for (let j = 0; 2 * j <= q; j++) {
    const [c, s] = [Math.cos((Math.PI * j) / (2 * q)), Math.sin((Math.PI * j) / (2 * q))];
    top[j] = c;
    top[q + j] = -s;
    if (j === 0) continue;
    top[q - j] = s;
    top[2 * q - j] = -c;
  }
  for (let level = q / 2; level >= 1; level /= 2) {
    for (let j = 0; j < 2 * level; j++) table[2 * level + j] = table[4 * level + 2 * j]!;
  }
}
