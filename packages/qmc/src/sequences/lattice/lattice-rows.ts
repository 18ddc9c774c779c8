import type { Arena, Wasm } from "@daily-kernel/compute";
import { sequenceKernels } from "../sequence-kernels.ts";

const TWO53 = 2 ** 53;
/** Bytes of one round through WebAssembly: they stay in the second-level cache. */
const CHUNK = 1 << 17;

/** What multiplies the generating vector in rows `from`..`from + count - 1` of a table, plus `offset`. */
export interface Multipliers<T extends Float64Array | BigUint64Array> {
  table: T;
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

function writeChunks(
  out: Float64Array,
  n: number,
  { vector, shifts, source }: LatticeRows,
  { exports, heap }: Wasm,
  arena: Arena,
): void {
  const d = shifts.length;
  const doubles = vector instanceof Float64Array;
  const copy = (source: Float64Array | BigUint64Array): number => {
    const address = arena.alloc(2 * source.byteLength);
    const bytes = new Uint8Array(heap.memory.buffer, address, 2 * source.byteLength);
    const from = new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
    bytes.set(from);
    bytes.set(from, source.byteLength); // a second time, for pairs of rows
    return address;
  };
  const g = copy(vector);
  const s = copy(shifts);
  const most = Math.max(1, Math.floor(CHUNK / (8 * d)));
  const chunk = arena.f64((most + 1) * d);
  const offsetWord = arena.alloc(8);
  let known: Float64Array | BigUint64Array | undefined;
  let v = 0;
  for (let row = 0; row < n; ) {
    const { table, from, count, offset } = source(row, Math.min(most, n - row));
    if (table !== known) {
      if (known !== undefined) arena.free(v);
      known = table;
      v = copy(table);
    }
    if (doubles) {
      // An odd number of rows of odd length gets one more, which is not copied out.
      const even = count + (count & d & 1);
      exports.latticeRows!(chunk, g, s, v + 8 * from, offset as number, even, d);
    } else {
      new BigUint64Array(heap.memory.buffer, offsetWord, 1)[0] = offset as bigint;
      exports.latticeWords!(chunk, g, s, v + 8 * from, offsetWord, count, d);
    }
    out.set(heap.f64(chunk, count * d), row * d);
    row += count;
  }
}
