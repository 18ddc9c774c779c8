import { type Arena, type Heap, type PoolOptions, wasm } from "@daily-kernel/compute";
import * as kernels from "../kernels.generated.ts";

/** A part of the points that one call of a kernel makes. */
export interface PoolChunk {
  /** Its numbers and their place in the result. */
  count: number;
  to: number;
  /** Numbers that the kernel writes, at least `count`. */
  room: number;
  /** The kernel's arguments, for what it writes at `address`; memory it needs comes from the arena. */
  call(address: number, arena: Arena, heap: Heap): number[];
}

/** Numbers in one of the two batches that a pool and the copying thread work on: 16 MiB. */
const BATCH = 2 ** 21;

interface Batch {
  chunks: PoolChunk[];
  addresses: number[];
  calls: number[][];
  /** Gives its memory back. */
  release(): void;
}

/** The shared memory that `out` lies in, if it does: threads fill it themselves. */
export const sharedBuffer = (out: ArrayBufferView): SharedArrayBuffer | undefined =>
  typeof SharedArrayBuffer === "function" && out.buffer instanceof SharedArrayBuffer
    ? out.buffer
    : undefined;

/**
 * Runs `kernel` for all chunks on the threads of a pool, while this one copies what they made before
 * to `out`; where `out` lies in shared memory, each thread copies its own. The numbers are the same
 * whoever makes them.
 */
export async function runChunks(
  kernel: string,
  chunks: Iterable<PoolChunk>,
  out: Float64Array,
  { pool, signal, onProgress }: PoolOptions,
): Promise<void> {
  const { heap } = wasm(kernels);
  const shared = sharedBuffer(out);
  let copied = 0;
  const finish = ({ chunks, addresses, release }: Batch): void => {
    chunks.forEach(({ count, to }, i) => {
      if (!shared) out.set(heap.f64(addresses[i]!, count), to);
      copied += count;
    });
    release();
    onProgress?.(copied, out.length);
  };
  const open: Batch[] = [];
  try {
    for (const taken of batches(chunks)) {
      const batch = layOut(taken, heap);
      open.push(batch);
      const parts = taken.map(({ count, to }, i) => ({
        address: batch.addresses[i]!,
        bytes: 8 * count,
        offset: out.byteOffset + 8 * to,
      }));
      const copies = shared && { to: shared, parts };
      const running = pool.run(kernels, kernel, batch.calls, { signal, copies });
      try {
        while (open.length > 1) finish(open.shift()!);
      } finally {
        await running; // its memory is not given back before
      }
    }
    while (open.length > 0) finish(open.shift()!);
  } finally {
    for (const batch of open) batch.release();
  }
}

/** Puts a batch into memory that stays until it is released. */
function layOut(chunks: PoolChunk[], heap: Heap): Batch {
  const { promise, resolve } = Promise.withResolvers<void>();
  let batch: Batch | undefined;
  heap.scope((arena) => {
    const addresses = chunks.map(({ room }) => arena.f64(room));
    const calls = chunks.map((chunk, i) => chunk.call(addresses[i]!, arena, heap));
    batch = { chunks, addresses, calls, release: resolve };
    return promise;
  });
  return batch!;
}

function* batches(chunks: Iterable<PoolChunk>): Generator<PoolChunk[], void, void> {
  let batch: PoolChunk[] = [];
  let numbers = 0;
  for (const chunk of chunks) {
    batch.push(chunk);
    numbers += chunk.count;
    if (numbers < BATCH) continue;
    yield batch;
    batch = [];
    numbers = 0;
  }
  if (batch.length > 0) yield batch;
}
