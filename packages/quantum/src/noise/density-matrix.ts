import { checkObject, checkType } from "@daily-kernel/compute";
import { checkQubits, checkVector } from "../checks.ts";
import { actionOf, Circuit } from "../circuits/circuit.ts";
import { type ComplexMatrix, conjugate } from "../circuits/complex-matrix.ts";
import { applyOperation } from "../simulator/apply-gate.ts";
import type { Channel } from "./channels.ts";
import { channelsAfter, checkNoise, type NoiseModel, superoperator } from "./noise-model.ts";

/** A mixed state of n qubits: 2^n x 2^n complex numbers, row-major, real and imaginary parts apart. */
export interface DensityMatrix {
  readonly qubits: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** The largest number of qubits of a density matrix: 2^20 entries. */
const MOST = 10;

/**
 * The mixed state that a circuit makes of |0...0> under noise, exactly: O(gates 4^qubits), up to ten
 * qubits.
 */
export function simulateDensity(
  circuit: Circuit,
  options: { noise?: NoiseModel | undefined; parameters?: ArrayLike<number> | undefined } = {},
): DensityMatrix {
  const fn = "simulateDensity";
  checkType(circuit instanceof Circuit, fn, "circuit", "a Circuit", circuit);
  const { qubits } = circuit;
  checkQubits(fn, qubits, MOST);
  checkObject(fn, "options", options);
  const { noise = {}, parameters = [] } = options;
  checkNoise(fn, noise);
  checkVector(fn, "options.parameters", parameters, circuit.parameters);
  const size = 4 ** qubits;
  const [re, im] = [new Float64Array(size), new Float64Array(size)];
  re[0] = 1;
  const columns = (list: readonly number[]) => list.map((qubit) => qubits + qubit);
  const maps = new Map<Channel, ComplexMatrix>();
  for (const gate of circuit.gates) {
    const { controls, targets, matrix } = actionOf(gate, parameters);
    applyOperation(re, im, 2 * qubits, { controls, targets, matrix });
    applyOperation(re, im, 2 * qubits, {
      controls: columns(controls),
      targets: columns(targets),
      matrix: conjugate(matrix),
    });
    for (const { channel, on } of channelsAfter(noise, gate.qubits)) {
      const known = maps.get(channel) ?? superoperator(channel);
      maps.set(channel, known);
      const both = [...on, ...columns(on)];
      applyOperation(re, im, 2 * qubits, { controls: [], targets: both, matrix: known });
    }
  }
  return { qubits, re, im };
}

/** The probability of each of the 2^n outcomes of a measurement of all qubits: the diagonal. */
export function densityProbabilities(density: DensityMatrix): Float64Array {
  const fn = "densityProbabilities";
  checkObject(fn, "density", density);
  const { qubits, re } = density;
  checkQubits(fn, qubits, MOST);
  checkVector(fn, "density.re", re, 4 ** qubits);
  const n = 2 ** qubits;
  return Float64Array.from({ length: n }, (_, i) => Math.max(0, re[i * (n + 1)]!));
}
