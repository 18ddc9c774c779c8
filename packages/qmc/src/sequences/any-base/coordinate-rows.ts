import { type Arena, type Heap, type PoolOptions, type Wasm, wasm } from "@daily-kernel/compute";
import * as kernels from "../../kernels.generated.ts";
import { type PoolChunk, runChunks } from "../pool-chunks.ts";
import { isPrime } from "../primes.ts";
import { sequenceKernels } from "../sequence-kernels.ts";
import { binaryTables, pointWord } from "./binary-tables.ts";
import { blockTables } from "./block-tables.ts";
import { coordinateReference, digitUnits } from "./coordinate-digits.ts";
import { type Coordinate, type DigitalPlan, indexDigits, plainDigits } from "./digital-plan.ts";

const kinds = { steps: 0, blocks: 1, nested: 2, horner: 3, binary: 4 };
/** Words of a coordinate's description (assembly/any-base.ts). */
const WORDS = 16;
/** Points below which the kernels do not pay. */
const FEW = 16;
/** Bytes of one round through WebAssembly: they stay in the second-level cache. */
const CHUNK = 1 << 18;
/** Numbers of one call on a pool. */
const TASK = 1 << 18;

/** n rows of coordinates from index nMin on, in WebAssembly where that can be. */
export function writeCoordinates(
  row: readonly Coordinate[],
  nMin: number,
  n: number,
  out: Float64Array,
): void {
  const kernels = n < FEW ? null : sequenceKernels();
  if (kernels === null || !row.every(hasKernel)) {
    row.forEach((coordinate, j) => {
      coordinateReference(coordinate, nMin, n, out.subarray(j), row.length);
    });
    return;
  }
  kernels.heap.scope((arena) => writeChunks(row, nMin, n, out, kernels, arena));
}

/** Interlaced points and trees in composite bases have none. */
export function hasKernel({ parts, base }: Coordinate): boolean {
  return parts.length === 1 && (parts[0]!.tree === undefined || isPrime(base));
}

function writeChunks(
  row: readonly Coordinate[],
  nMin: number,
  n: number,
  out: Float64Array,
  { exports, heap }: Wasm,
  arena: Arena,
): void {
  const d = row.length;
  const plans = layOutStates(
    row.map((coordinate) => layOutTables(coordinate, n, arena, heap)),
    nMin,
    arena,
    heap,
  );
  const most = Math.max(1, Math.floor(CHUNK / (8 * d)));
  const chunk = arena.f64(most * d);
  for (let i = 0; i < n; i += most) {
    const count = Math.min(most, n - i);
    exports.anyBaseRows!(chunk, count, d, plans, count);
    out.set(heap.f64(chunk, count * d), i * d);
  }
}

/** n rows of each replication's coordinates, one replication after the other, on a pool. */
export async function writeCoordinatesOnPool(
  rows: readonly (readonly Coordinate[])[],
  nMin: number,
  n: number,
  out: Float64Array,
  options: PoolOptions,
): Promise<void> {
  const d = rows[0]!.length;
  const round = Math.max(1, Math.floor(CHUNK / (8 * d)));
  const most = Math.max(1, Math.floor(TASK / d));
  await wasm(kernels).heap.scope(async (shared) => {
    const { heap } = wasm(kernels);
    const chunks = function* (): Generator<PoolChunk, void, void> {
      for (const [r, row] of rows.entries()) {
        const tables = row.map((coordinate) => layOutTables(coordinate, n, shared, heap));
        for (let i = 0; i < n; i += most) {
          const count = Math.min(most, n - i);
          yield {
            count: count * d,
            to: (r * n + i) * d,
            room: count * d,
            call: (address, arena) => {
              const plans = layOutStates(tables, nMin + i, arena, heap);
              return [address, count, d, plans, round];
            },
          };
        }
      }
    };
    await runChunks("anyBaseRows", chunks(), out, options);
  });
}

/** What all chunks of a coordinate share; the words of its description that are 0 belong to a chunk. */
interface Tables {
  plan: DigitalPlan;
  horner: boolean;
  low: number;
  size: number;
  words: number[];
}

function layOutTables(
  { parts, horner = false }: Coordinate,
  n: number,
  arena: Arena,
  heap: Heap,
): Tables {
  const plan = parts[0]!;
  const { base, digits, columns, permutations, tree } = plan;
  const binary = horner ? undefined : binaryTables(plan, n);
  const blocks = horner || binary ? undefined : blockTables(plan, n);
  const { low, size } = binary ?? blocks ?? { low: 0, size: 1 };
  const common = (kind: number) => {
    const steps = putWords(arena, carrySteps(plan, low), 4);
    return [kind, base, digits, columns - low, 0, 0, steps];
  };
  const tables = (words: number[]): Tables => ({ plan, horner, low, size, words });
  if (binary) {
    const head = [kinds.binary, base, digits, columns - low, 0, 0, 0];
    const { words, steps } = binary;
    return tables([
      ...head,
      putLongs(arena, heap, words),
      0,
      putLongs(arena, heap, steps),
      0,
      size,
    ]);
  }
  if (blocks) {
    const { values, offsets, alone, prefix, same } = blocks;
    const halves = arena.alloc(2 * offsets.length);
    new Uint16Array(heap.memory.buffer, halves, offsets.length).set(offsets);
    return tables([
      ...common(kinds.blocks),
      ...[arena.f64(values), halves, size, 0, alone, arena.f64(prefix), same, 0],
    ]);
  }
  if (horner) return tables([...common(kinds.horner), 0]);
  const units = arena.f64(paddedUnits(base, digits));
  if (tree) return tables([...common(kinds.nested), units, ...tree, 0]);
  return tables([...common(kinds.steps), units, permutations ? arena.i32(permutations) : 0]);
}

/** The descriptions of a chunk that begins at index nMin: the tables, and where each coordinate is. */
function layOutStates(tables: readonly Tables[], nMin: number, arena: Arena, heap: Heap): number {
  const plans = arena.i32(WORDS * tables.length);
  tables.forEach(({ plan, horner, low, size, words }, j) => {
    const { base, digits, columns } = plan;
    const description = heap.i32(plans + 4 * WORDS * j, WORDS);
    description.set(words);
    const place = nMin % size;
    const start = new Uint32Array(digits);
    plainDigits(plan, nMin - place, start);
    const index = new Uint32Array(columns);
    indexDigits(nMin, base, index);
    description[4] = putWords(arena, start, 4);
    description[5] = putWords(arena, index.subarray(low), 1);
    if (words[0] === kinds.binary) {
      const common = BigUint64Array.of(pointWord(plan, start), 0n);
      new Float64Array(common.buffer)[1] = 2 ** -digits;
      description[8] = putLongs(arena, heap, common);
      description[10] = place;
    }
    if (words[0] === kinds.blocks) {
      description[10] = place;
      description[14] = arena.f64(size + 16);
    }
    if (words[0] === kinds.nested) description[10] = arena.i32(3 * padding(digits) + 16);
    if (horner) {
      const sums = new Float64Array(digits + 1);
      for (let t = digits - 1; t >= 0; t--) sums[t] = (sums[t + 1]! + start[t]!) / base;
      description[7] = arena.f64(sums);
    }
  });
  return plans;
}

/** The multiple of four after a number of digits. */
const padding = (digits: number): number => 4 * Math.ceil(digits / 4);

/** The units of digits, and zeros up to a multiple of four. */
function paddedUnits(base: number, digits: number): Float64Array {
  const units = new Float64Array(padding(digits));
  units.set(digitUnits(base, digits));
  return units;
}

/** Copies words into memory, with room for a whole number of `group`s. */
function putWords(arena: Arena, words: Uint32Array, group: number): number {
  const padded = new Int32Array(Math.max(1, Math.ceil(words.length / group)) * group);
  padded.set(words);
  return arena.i32(padded);
}

function putLongs(arena: Arena, heap: Heap, words: BigUint64Array): number {
  const address = arena.alloc(words.byteLength);
  new BigUint64Array(heap.memory.buffer, address, words.length).set(words);
  return address;
}

/**
 * What the point's digits gain when the index goes up and the carry ends at digit low + k: the columns
 * from low to there, for a digit that returns from base - 1 to 0 has gained 1 modulo the base too.
 * Rows are padded to a multiple of four.
 */
function carrySteps({ base, columns, digits, matrix }: DigitalPlan, low: number): Uint32Array {
  const padded = padding(digits);
  const steps = new Uint32Array((columns - low) * padded);
  for (let k = low; k < columns; k++) {
    const at = (k - low) * padded;
    for (let t = 0; t < digits; t++) {
      const before = k === low ? 0 : steps[at - padded + t]!;
      steps[at + t] = (before + matrix[k * digits + t]!) % base;
    }
  }
  return steps;
}
