import { wasm } from "@daily-kernel/compute";
import * as kernels from "../../kernels.generated.ts";

/** Memory that the kernels read, until it is released. */
export interface HeapBlock {
  readonly address: number;
  readonly release: () => void;
}

/** Zeros, for `length` single-precision numbers: a scope of the heap that ends with a promise. */
export function heapBlock(length: number): HeapBlock {
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
