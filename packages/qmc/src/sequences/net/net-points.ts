import type { Heap, PoolOptions } from "@daily-kernel/compute";
import * as kernels from "../../kernels.generated.ts";
import { sharedBuffer } from "../pool-chunks.ts";
import { sequenceKernels } from "../sequence-kernels.ts";
import { fitsChunks, type Kernels, layOut, layOutScramble, type NetLayout } from "./net-layout.ts";
import type { NetPlan } from "./net-plan.ts";
import { fillNetScalar, type NetNumbers } from "./net-scalar.ts";
import { netWords } from "./net-words.ts";

/** Numbers below which a table does not pay. */
const WORTHWHILE = 512;
/** Numbers a thread in each of the two batches that a pool and the copying thread work on: 4 MiB. */
const BATCH = 2 ** 19;

/** A call of `netChunk`, and the part of what it makes that was asked for. */
interface Chunk {
  layout: NetLayout;
  block: number;
  blocks: number;
  /** Numbers before the part, then its length, then its place in the result. */
  skip: number;
  count: number;
  to: number;
}

function* chunks(
  layout: NetLayout,
  coordinates: number,
  first: number,
  last: number,
  start: number,
): Generator<Chunk, void, void> {
  const { blockPoints, chunkBlocks } = layout;
  const end = Math.ceil(last / blockPoints);
  for (let block = Math.floor(first / blockPoints); block < end; block += chunkBlocks) {
    const blocks = Math.min(chunkBlocks, end - block);
    const from = Math.max(first, block * blockPoints);
    const until = Math.min(last, (block + blocks) * blockPoints);
    yield {
      layout,
      block,
      blocks,
      skip: (from - block * blockPoints) * coordinates,
      count: (until - from) * coordinates,
      to: start + (from - first) * coordinates,
    };
  }
}

function viewOf(heap: Heap, out: NetNumbers, address: number, n: number): NetNumbers {
  return out instanceof Float64Array
    ? heap.f64(address, n)
    : new BigUint64Array(heap.memory.buffer, address, n);
}

/** The r-th of `count` equal parts. */
export function part<A extends NetNumbers>(out: A, r: number, count: number): A {
  const size = out.length / count;
  return out.subarray(r * size, (r + 1) * size) as A;
}

function copyOut(heap: Heap, out: NetNumbers, address: number, chunk: Chunk): void {
  const view = viewOf(heap, out, address + 8 * chunk.skip, chunk.count);
  (out as { set(from: NetNumbers, at: number): void }).set(view, chunk.to);
}

/** A few points, without a table. */
function scrambleFew(
  { exports, heap }: Kernels,
  plan: NetPlan,
  first: number,
  out: NetNumbers,
): void {
  const words = new Uint32Array(2 * out.length * plan.alpha);
  netWords(plan, first, words);
  heap.scope((arena) => {
    const at = arena.i32(words);
    const n = (out.length * plan.alpha) / plan.components;
    const { address, scratch } = layOutScramble(arena, plan, out instanceof Float64Array);
    exports.netScramble(address, at, at, n, scratch);
    (out as { set(from: NetNumbers): void }).set(viewOf(heap, out, at, out.length));
  });
}

/** Writes points first, first + 1, ... of one replication to `out`, on this thread. */
export function fillNet(plan: NetPlan, first: number, out: NetNumbers): void {
  const kernels: Kernels | null = sequenceKernels();
  const few = out.length < WORTHWHILE || !fitsChunks(plan);
  if (kernels === null || (few && plan.scramble === undefined)) {
    fillNetScalar(plan, first, out);
    return;
  }
  if (few) {
    scrambleFew(kernels, plan, first, out);
    return;
  }
  const { exports, heap } = kernels;
  heap.scope((arena) => {
    const coordinates = plan.components / plan.alpha;
    const last = first + out.length / coordinates;
    const layout = layOut(kernels, arena, plan, [first, last], out instanceof Float64Array);
    const points = layout.blockPoints * layout.chunkBlocks;
    const address = arena.f64(points * coordinates);
    const scratch = arena.alloc(layout.scratchBytes);
    for (const chunk of chunks(layout, coordinates, first, last, 0)) {
      exports.netChunk(layout.plan, address, chunk.block, chunk.blocks, scratch);
      copyOut(heap, out, address, chunk);
    }
  });
}

/** Takes chunks until they hold `size` numbers. */
function* batches(all: Iterable<Chunk>, size: number): Generator<Chunk[], void, void> {
  let batch: Chunk[] = [];
  let numbers = 0;
  for (const chunk of all) {
    batch.push(chunk);
    numbers += chunk.count;
    if (numbers < size) continue;
    yield batch;
    batch = [];
    numbers = 0;
  }
  if (batch.length > 0) yield batch;
}

/**
 * Writes points first..last-1 of every replication, one after the other, to `out`: on the threads of
 * a pool, while this one copies what they made before; where `out` lies in shared memory, each thread
 * copies its own. Every chunk is the same whoever makes it.
 */
export async function fillNetsOnPool(
  plans: readonly NetPlan[],
  first: number,
  last: number,
  out: NetNumbers,
  { pool, signal, onProgress }: PoolOptions,
): Promise<void> {
  const wasm: Kernels | null = sequenceKernels();
  // A pool needs what the kernels need; nets of a few points have no blocks to hand out.
  if (wasm === null || !plans.every(fitsChunks)) {
    for (const [r, plan] of plans.entries()) {
      fillNet(plan, first, part(out, r, plans.length));
    }
    onProgress?.(out.length, out.length);
    return;
  }
  const { heap } = wasm;
  const length = out.length / plans.length;
  await heap.scope(async (arena) => {
    const doubles = out instanceof Float64Array;
    const all = function* () {
      for (const [r, plan] of plans.entries()) {
        const layout = layOut(wasm, arena, plan, [first, last], doubles);
        yield* chunks(layout, plan.components / plan.alpha, first, last, r * length);
      }
    };
    const shared = sharedBuffer(out);
    let copied = 0;
    const copy = (batch: readonly Chunk[], addresses: readonly number[]) => {
      for (const [i, chunk] of batch.entries()) {
        if (!shared) copyOut(heap, out, addresses[i]!, chunk);
        copied += chunk.count;
      }
      onProgress?.(copied, out.length);
    };
    let before: { batch: Chunk[]; addresses: number[]; scratches: number[] } | undefined;
    const coordinates = plans[0]!.components / plans[0]!.alpha;
    for (const batch of batches(all(), BATCH * pool.threads)) {
      const addresses = batch.map(({ layout, blocks }) =>
        arena.f64(blocks * layout.blockPoints * coordinates),
      );
      const scratches = batch.map(({ layout }) => arena.alloc(layout.scratchBytes));
      const calls = batch.map((chunk, i) => [
        ...[chunk.layout.plan, addresses[i]!, chunk.block, chunk.blocks, scratches[i]!],
      ]);
      const parts = batch.map(({ skip, count, to }, i) => ({
        address: addresses[i]! + 8 * skip,
        bytes: 8 * count,
        offset: out.byteOffset + 8 * to,
      }));
      const copies = shared && { to: shared, parts };
      const running = pool.run(kernels, "netChunk", calls, { signal, copies });
      try {
        if (before !== undefined) {
          copy(before.batch, before.addresses);
          for (const address of [...before.addresses, ...before.scratches]) arena.free(address);
        }
      } finally {
        await running; // its memory is not freed before
      }
      before = { batch, addresses, scratches };
    }
    if (before !== undefined) copy(before.batch, before.addresses);
  });
}
