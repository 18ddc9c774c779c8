import { type Arena, type Heap, type PoolOptions, type Wasm, wasm } from "@daily-kernel/compute";
import * as kernels from "../../kernels.generated.ts";
import { type PoolChunk, runChunks } from "../pool-chunks.ts";
import { sequenceKernels } from "../sequence-kernels.ts";

const TWO53 = 2 ** 53;
/** Bytes of one round through WebAssembly: they stay in the second-level cache. */
const CHUNK = 1 << 17;

/** What multiplies the generating vector in rows `from`..`from + count - 1` of a table, plus `offset`. */
interface Multipliers<T extends Float64Array | BigUint64Array> {
  table: T;
  /** Whether other rows have the same table. */
  shared: boolean;
  from: number;
  count: number;
  offset: T extends Float64Array ? number : bigint;
}

/** Multipliers for at most `most` rows from row `row` on. */
export type MultiplierSource<T extends Float64Array | BigUint64Array> = (
  row: number,
  most: number,
) => Multipliers<T>;

/**
 * Rows of frac(v_i g_j) + s_j mod 1. With doubles all products are exact; with 64-bit words
 * coordinates are the leading 53 bits of the product modulo 2^64.
 */
export type LatticeRows =
  | { vector: Float64Array; shifts: Float64Array; source: MultiplierSource<Float64Array> }
  | { vector: BigUint64Array; shifts: Float64Array; source: MultiplierSource<BigUint64Array> };

/** x + s mod 1 for x, s in [0, 1): never 1. */
export function addModOne(x: number, s: number): number {
  const y = x + s;
  return y >= 1 ? y - 1 : y;
}

/** Writes n rows to `out`, in WebAssembly where that can be. */
export function writeLatticeRows(out: Float64Array, n: number, rows: LatticeRows): void {
  const kernels = out.length < 64 ? null : sequenceKernels();
  if (kernels === null) latticeRowsReference(out, n, rows);
  else kernels.heap.scope((arena) => writeChunks(out, n, rows, kernels, arena));
}

/** `writeLatticeRows` without WebAssembly. */
export function latticeRowsReference(out: Float64Array, n: number, rows: LatticeRows): void {
  const { shifts } = rows;
  const d = shifts.length;
  for (let row = 0; row < n; ) {
    const at = row * d;
    if (rows.vector instanceof Float64Array) {
      const { table, from, count, offset } = (rows.source as MultiplierSource<Float64Array>)(
        row,
        n - row,
      );
      for (let k = 0; k < count * d; k++) {
        const y = rows.vector[k % d]! * (table[from + Math.floor(k / d)]! + offset);
        out[at + k] = addModOne(y - Math.floor(y), shifts[k % d]!);
      }
      row += count;
    } else {
      const { table, from, count, offset } = (rows.source as MultiplierSource<BigUint64Array>)(
        row,
        n - row,
      );
      for (let k = 0; k < count * d; k++) {
        const y = rows.vector[k % d]! * (table[from + Math.floor(k / d)]! + offset);
        out[at + k] = addModOne(Number(BigInt.asUintN(64, y) >> 11n) / TWO53, shifts[k % d]!);
      }
      row += count;
    }
  }
}

/** A copy of an array in memory, and a second one after it, for pairs of rows. */
function copyTwice(arena: Arena, heap: Heap, source: Float64Array | BigUint64Array): number {
  const address = arena.alloc(2 * source.byteLength);
  const bytes = new Uint8Array(heap.memory.buffer, address, 2 * source.byteLength);
  const from = new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  bytes.set(from);
  bytes.set(from, source.byteLength);
  return address;
}

/** The kernel for rows of this kind. */
const kernelOf = ({ vector }: LatticeRows) =>
  vector instanceof Float64Array ? "latticeRows" : "latticeWords";

/** The kernel's arguments for `count` rows from table row `from` on. */
function argumentsOf(
  { g, s, v }: { g: number; s: number; v: number },
  { from, count, offset }: { from: number; count: number; offset: number | bigint },
  [address, d]: readonly [number, number],
  arena: Arena,
  heap: Heap,
): number[] {
  const table = v + 8 * from;
  if (typeof offset === "number") {
    // An odd number of rows of odd length gets one more, which is not copied out.
    return [address, g, s, table, offset, count + (count & d & 1), d];
  }
  const word = arena.alloc(8);
  new BigUint64Array(heap.memory.buffer, word, 1)[0] = offset;
  return [address, g, s, table, word, count, d];
}

function writeChunks(
  out: Float64Array,
  n: number,
  rows: LatticeRows,
  { exports, heap }: Wasm,
  arena: Arena,
): void {
  const { vector, shifts, source } = rows;
  const d = shifts.length;
  const g = copyTwice(arena, heap, vector);
  const s = copyTwice(arena, heap, shifts);
  const most = Math.max(1, Math.floor(CHUNK / (8 * d)));
  const chunk = arena.f64((most + 1) * d);
  let known: Float64Array | BigUint64Array | undefined;
  let v = 0;
  for (let row = 0; row < n; ) {
    const part = source(row, Math.min(most, n - row));
    if (part.table !== known) {
      if (known !== undefined) arena.free(v);
      known = part.table;
      v = copyTwice(arena, heap, part.table);
    }
    heap.scope((inner) => {
      exports[kernelOf(rows)]!(...argumentsOf({ g, s, v }, part, [chunk, d], inner, heap));
    });
    out.set(heap.f64(chunk, part.count * d), row * d);
    row += part.count;
  }
}

/** The same for several sets of rows that follow one another in `out`, on a pool. */
export async function writeLatticeRowsOnPool(
  out: Float64Array,
  n: number,
  sets: readonly LatticeRows[],
  options: PoolOptions,
): Promise<void> {
  const d = sets[0]!.shifts.length;
  const most = Math.max(1, Math.floor(CHUNK / (8 * d)));
  await wasm(kernels).heap.scope(async (shared) => {
    const { heap } = wasm(kernels);
    const g = sets.map(({ vector }) => copyTwice(shared, heap, vector));
    const s = sets.map(({ shifts }) => copyTwice(shared, heap, shifts));
    const tables = new Map<Float64Array | BigUint64Array, number>();
    const chunks = function* (): Generator<PoolChunk, void, void> {
      for (const [r, { source }] of sets.entries()) {
        for (let row = 0; row < n; ) {
          const part = source(row, Math.min(most, n - row));
          const { table, count } = part;
          if (part.shared && !tables.has(table)) tables.set(table, copyTwice(shared, heap, table));
          yield {
            count: count * d,
            to: (r * n + row) * d,
            room: (count + 1) * d,
            call: (address, arena) => {
              const v = tables.get(table) ?? copyTwice(arena, heap, table);
              return argumentsOf({ g: g[r]!, s: s[r]!, v }, part, [address, d], arena, heap);
            },
          };
          row += count;
        }
      }
    };
    await runChunks(kernelOf(sets[0]!), chunks(), out, options);
  });
}
