import { checkObject, checkType, numericError, shapeError } from "@daily-kernel/compute";
import { checkVector } from "../checks.ts";
import { type NoiseModel, readoutErrors } from "./noise-model.ts";

type Readout = NonNullable<NoiseModel["readout"]>;

/** Multiplies by a 2x2 matrix [a b; c d] on each qubit. */
function onEachQubit(
  p: ArrayLike<number>,
  qubits: number,
  matrixOf: (qubit: number) => readonly [number, number, number, number],
): Float64Array {
  const out = Float64Array.from(p);
  for (let q = 0; q < qubits; q++) {
    const [a, b, c, d] = matrixOf(q);
    const stride = 2 ** (qubits - 1 - q);
    for (let i = 0; i < out.length; i++) {
      if (i & stride) continue;
      const [x, y] = [out[i]!, out[i + stride]!];
      out[i] = a * x + b * y;
      out[i + stride] = c * x + d * y;
    }
  }
  return out;
}

function qubitsOf(fn: string, p: ArrayLike<number>): number {
  checkType(typeof p === "object" && p !== null, fn, "p", "an array of numbers", p);
  const qubits = Math.log2(p.length);
  if (!Number.isInteger(qubits) || qubits < 1) {
    throw shapeError(`${fn}: p must hold 2^qubits numbers, got ${p.length}`);
  }
  checkVector(fn, "p", p, p.length);
  return qubits;
}

/** The probabilities of what is read, from those of the 2^n outcomes. */
export function applyReadout(p: ArrayLike<number>, readout: Readout): Float64Array {
  const qubits = qubitsOf("applyReadout", p);
  const errors = readoutErrors("applyReadout", readout, qubits);
  return onEachQubit(p, qubits, (q) => {
    const { oneForZero, zeroForOne } = errors[q]!;
    return [1 - oneForZero, zeroForOne, oneForZero, 1 - zeroForOne];
  });
}

/**
 * Undoes known readout errors in probabilities or relative frequencies of what was read: the inverse of
 * the confusion matrix, qubit by qubit. Unbiased, so single results may be negative; with
 * `simplex: true` the nearest probabilities are given instead.
 *
 * @throws Error `ERR_NUMERIC` where the two errors of a qubit add up to 1: nothing was read.
 */
export function mitigateReadout(
  p: ArrayLike<number>,
  readout: Readout,
  options: { simplex?: boolean | undefined } = {},
): Float64Array {
  const fn = "mitigateReadout";
  checkObject(fn, "options", options);
  const { simplex = false } = options;
  checkType(typeof simplex === "boolean", fn, "options.simplex", "a boolean", simplex);
  const qubits = qubitsOf(fn, p);
  const errors = readoutErrors(fn, readout, qubits);
  const out = onEachQubit(p, qubits, (q) => {
    const { oneForZero, zeroForOne } = errors[q]!;
    const determinant = 1 - oneForZero - zeroForOne;
    if (Math.abs(determinant) < 1e-12) {
      throw numericError(
        `${fn}: the errors of qubit ${q} add up to 1, so its readings say nothing`,
      );
    }
    return [
      (1 - zeroForOne) / determinant,
      -zeroForOne / determinant,
      -oneForZero / determinant,
      (1 - oneForZero) / determinant,
    ];
  });
  return simplex ? nearestOnSimplex(out) : out;
}

/** The Euclidean projection onto the probabilities (Held, Wolfe and Crowder 1974). */
function nearestOnSimplex(p: Float64Array): Float64Array {
  const sorted = p.toSorted((a, b) => b - a);
  let [sum, shift] = [0, 0];
  for (const [k, value] of sorted.entries()) {
    sum += value;
    if (value - (sum - 1) / (k + 1) > 0) shift = (sum - 1) / (k + 1);
  }
  return p.map((value) => Math.max(0, value - shift));
}
