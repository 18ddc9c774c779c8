import { type Heap, type Matrix, matrix, unsupportedError, wasm } from "@daily-kernel/compute";
import * as kernels from "../kernels.generated.ts";
import type { StateBatch } from "../simulator/state-vector.ts";

/** Angles up to this size are reduced in WebAssembly; larger ones by the engine's own functions. */
const LARGEST = 1e5;
/** As many doubles as the transform's tiles need. */
export const SCRATCH = 64 * 32;

/** Amplitudes of all states together: 4 GiB. */
const MOST_AMPLITUDES = 2 ** 28;

/** The angles of one point: phi_i for every qubit, and phi_ij for the pairs, at i * qubits + j, i < j. */
export interface IsingAngles {
  readonly field: Float64Array;
  readonly pair: Float64Array;
}

/**
 * The states (U H^n)^repetitions |0> of points, U = exp(i sum_S phi_S Z_S) with the angles that
 * `anglesOf` writes for row r: a diagonal of phases and a fast Walsh-Hadamard transform a repetition,
 * O(qubits 2^qubits) a point.
 */
export function isingStates(
  rows: number,
  qubits: number,
  repetitions: number,
  anglesOf: (row: number) => IsingAngles,
): StateBatch {
  const n = 2 ** qubits;
  if (rows * n > MOST_AMPLITUDES) {
    const bytes = (16 * rows * n).toExponential(1);
    throw unsupportedError(
      `ZZFeatureMap: the states of ${rows} points of ${qubits} qubits need ${bytes} bytes, more than ${16 * MOST_AMPLITUDES}; take fewer at a time`,
    );
  }
  const out = { qubits, re: matrix(rows, n), im: matrix(rows, n) };
  const { heap, exports } = wasm(kernels);
  heap.scope((arena) => {
    const [re, im, sin, cos] = [arena.f64(n), arena.f64(n), arena.f64(n), arena.f64(n)];
    const [field, pair] = [arena.f64(qubits), arena.f64(qubits * qubits)];
    const scratch = arena.f64(SCRATCH);
    const scale = 2 ** (-qubits / 2);
    for (let row = 0; row < rows; row++) {
      const largest = giveAngles(heap, field, pair, qubits, anglesOf(row));
      exports.isingAngles!(sin, qubits, field, pair);
      cosSin(heap, sin, cos, n, largest);
      // The first transform makes equal amplitudes of |0>.
      heap.f64(re, n).fill(scale);
      heap.f64(im, n).fill(0);
      for (let repetition = 0; repetition < repetitions; repetition++) {
        if (repetition > 0) {
          exports.fwhtBlock!(re, qubits, scale, scratch);
          exports.fwhtBlock!(im, qubits, scale, scratch);
        }
        exports.turn!(re, im, cos, sin, n);
      }
      keep(out.re, row, heap.f64(re, n));
      keep(out.im, row, heap.f64(im, n));
    }
  });
  return out;
}

const keep = (into: Matrix, row: number, numbers: Float64Array) =>
  into.data.set(numbers, row * into.cols);

/** Writes the angles by bit, which is qubits - 1 less the qubit; returns a bound of their sums. */
export function giveAngles(
  heap: Heap,
  field: number,
  pair: number,
  qubits: number,
  angles: IsingAngles,
): number {
  const f = heap.f64(field, qubits);
  const p = heap.f64(pair, qubits * qubits);
  let bound = 0;
  for (let i = 0; i < qubits; i++) {
    f[qubits - 1 - i] = angles.field[i]!;
    bound += Math.abs(angles.field[i]!);
    for (let j = i + 1; j < qubits; j++) {
      const angle = angles.pair[i * qubits + j]!;
      p[(qubits - 1 - i) * qubits + qubits - 1 - j] = angle;
      bound += Math.abs(angle);
    }
  }
  return bound;
}

/** sin in place of n angles that are at most `largest` in size, and cos. */
export function cosSin(heap: Heap, sin: number, cos: number, n: number, largest: number): void {
  if (largest <= LARGEST) {
    wasm(kernels).exports.cosSin!(sin, cos, n);
    return;
  }
  const [angles, cosines] = [heap.f64(sin, n), heap.f64(cos, n)];
  for (let i = 0; i < angles.length; i++) {
    const angle = angles[i]!;
    cosines[i] = Math.cos(angle);
    angles[i] = Math.sin(angle);
  }
}
