import type { Operation } from "./fuse.ts";

/** Amplitudes side by side in a tile, as a power of two. Also in assembly/tiles.ts. */
export const RUN = 5;
/** The largest tile, as a power of two: two planes of 32 kB. */
export const TILE = 12;

/** Operations that run on one set of tiles: the bits above RUN that they touch, rising. */
export interface Group {
  readonly operations: Operation[];
  readonly high: readonly number[];
}

/**
 * Cuts operations into groups that touch at most TILE - RUN bits above RUN. An operation may overtake
 * others that it shares no qubit with.
 */
export function groupOperations(
  operations: readonly Operation[],
  bitOf: (qubit: number) => number,
): Group[] {
  const groups: Group[] = [];
  let left = [...operations];
  while (left.length > 0) {
    const taken: Operation[] = [];
    const high = new Set<number>();
    const blocked = new Set<number>();
    const rest: Operation[] = [];
    for (const operation of left) {
      const qubits = [...operation.controls, ...operation.targets];
      const more = qubits.map(bitOf).filter((bit) => bit >= RUN && !high.has(bit));
      const fits = high.size + more.length <= TILE - RUN && !qubits.some((q) => blocked.has(q));
      if (fits) {
        for (const bit of more) high.add(bit);
        taken.push(operation);
      } else {
        for (const qubit of qubits) blocked.add(qubit);
        rest.push(operation);
      }
    }
    groups.push({ operations: taken, high: [...high].sort((a, b) => a - b) });
    left = rest;
  }
  return groups;
}

/** All sums of some of the bits, rising: 2^bits.length numbers. */
export function sumsOf(bits: readonly number[]): Uint32Array<ArrayBuffer> {
  const out = new Uint32Array(2 ** bits.length);
  for (const [k, bit] of bits.entries()) {
    for (let i = 0; i < 2 ** k; i++) out[2 ** k + i] = out[i]! + 2 ** bit;
  }
  return out;
}
