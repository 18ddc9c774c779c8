import { type Arena, type Matrix, wasm } from "@daily-kernel/compute";
import * as kernels from "../kernels.generated.ts";

/**
 * Packs directions (count x d) in the heap: a function of the address of at most `most` rows of d
 * numbers, which gives the address of their products, rows x count, overwritten by the next call.
 */
export function loadProjection(
  arena: Arena,
  { data, rows: count, cols: d }: Matrix,
  most: number,
): (address: number, rows: number) => number {
  const { exports } = wasm(kernels);
  const packed = arena.f64(Math.ceil(count / 4) * 4 * d);
  const plain = arena.f64(data);
  exports.packDirections!(plain, count, d, packed);
  arena.free(plain);
  const out = arena.f64(most * count);
  const scratch = arena.f64(24 + Math.ceil(most / 6) * 6 * d);
  return (address, rows) => {
    exports.project!(address, rows, d, packed, count, out, scratch);
    return out;
  };
}
