import type { Arena, Heap, Wasm } from "@daily-kernel/compute";
import { isPrime } from "../primes.ts";
import { sequenceKernels } from "../sequence-kernels.ts";
import { blockTables } from "./block-tables.ts";
import { coordinateReference, digitUnits } from "./coordinate-digits.ts";
import { type Coordinate, type DigitalPlan, indexDigits, plainDigits } from "./digital-plan.ts";

const kinds = { steps: 0, blocks: 1, nested: 2, horner: 3 };
/** Words of a coordinate's description (assembly/any-base.ts). */
const WORDS = 16;
/** Points below which the tables of blocks, and the kernels at all, do not pay. */
const FEW_FOR_BLOCKS = 256;
const FEW = 16;
/** Bytes of one round through WebAssembly: they stay in the second-level cache. */
const CHUNK = 1 << 18;

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
function hasKernel({ parts, base }: Coordinate): boolean {
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
  const plans = arena.i32(WORDS * d);
  row.forEach((coordinate, j) => {
    const words = describe(coordinate, nMin, n, heap, arena);
    heap.i32(plans + 4 * WORDS * j, WORDS).set(words);
  });
  const most = Math.max(1, Math.floor(CHUNK / (8 * d)));
  const chunk = arena.f64(most * d);
  for (let i = 0; i < n; i += most) {
    const count = Math.min(most, n - i);
    exports.anyBaseRows!(chunk, count, d, plans);
    out.set(heap.f64(chunk, count * d), i * d);
  }
}

/** Puts all that a coordinate needs from index nMin on into memory; returns its description. */
function describe(
  { parts, horner }: Coordinate,
  nMin: number,
  n: number,
  heap: Heap,
  arena: Arena,
): number[] {
  const plan = parts[0]!;
  const { base, digits, columns, permutations, tree } = plan;
  const blocks = horner || n < FEW_FOR_BLOCKS ? undefined : blockTables(plan);
  const low = blocks?.low ?? 0;
  const place = nMin % (blocks?.size ?? 1);
  const start = new Uint32Array(digits);
  plainDigits(plan, nMin - place, start);
  const index = new Uint32Array(columns);
  indexDigits(nMin, base, index);
  const common = (kind: number) => [
    kind,
    base,
    digits,
    columns - low,
    putWords(arena, start, 4),
    putWords(arena, index.subarray(low), 1),
    putWords(arena, carrySteps(plan, low), 4),
  ];
  if (blocks) {
    const { values, offsets, size, alone, prefix, same } = blocks;
    const halves = arena.alloc(2 * offsets.length);
    new Uint16Array(heap.memory.buffer, halves, offsets.length).set(offsets);
    return [
      ...common(kinds.blocks),
      ...[arena.f64(values), halves, size, place, alone],
      ...[arena.f64(prefix), same, arena.f64(size + 16)],
    ];
  }
  if (horner) {
    const sums = new Float64Array(digits + 1);
    for (let t = digits - 1; t >= 0; t--) sums[t] = (sums[t + 1]! + start[t]!) / base;
    return [...common(kinds.horner), arena.f64(sums)];
  }
  const units = arena.f64(digitUnits(base, digits));
  if (tree) return [...common(kinds.nested), units, ...tree];
  return [...common(kinds.steps), units, permutations ? arena.i32(permutations) : 0];
}

/** Copies words into memory, with room for a whole number of `group`s. */
function putWords(arena: Arena, words: Uint32Array, group: number): number {
  const padded = new Int32Array(Math.max(1, Math.ceil(words.length / group)) * group);
  padded.set(words);
  return arena.i32(padded);
}

/**
 * What the point's digits gain when the index goes up and the carry ends at digit low + k: the columns
 * from low to there, for a digit that returns from base - 1 to 0 has gained 1 modulo the base too.
 * Rows are padded to a multiple of four.
 */
function carrySteps({ base, columns, digits, matrix }: DigitalPlan, low: number): Uint32Array {
  const padded = Math.ceil(digits / 4) * 4;
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
