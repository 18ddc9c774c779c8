import { checkType, type Matrix, numericError } from "@daily-kernel/compute";
import { checkCount, checkMatrix, checkPositive, checkQubits, checkVector } from "../checks.ts";
import { Circuit, type Gate, gate } from "../circuits/circuit.ts";
import type { StateBatch, StateVector } from "../simulator/state-vector.ts";
import type { BandwidthTuning, Entanglement, QuantumFeatureMap } from "./feature-circuit.ts";
import { isingDerivatives } from "./ising-derivatives.ts";
import { type IsingAngles, isingStates } from "./ising-states.ts";
import { pairsOf } from "./pairs.ts";

/** Angles of coordinates: phi_i of x_i, and phi_ij of x_i and x_j. */
export interface DataMap {
  single(x: number): number;
  pair(x: number, z: number): number;
}

export interface ZZFeatureMapOptions {
  /** Qubits, and coordinates of a point: 1..24. */
  qubits: number;
  /** How often Hadamard gates and phases follow one another. Default 2. */
  repetitions?: number | undefined;
  /** Which qubits interact. Default "full". */
  entanglement?: Entanglement | undefined;
  /** What every coordinate is multiplied by first. Default 1. */
  bandwidth?: number | undefined;
  /** The angles. Default x_i and (pi - x_i)(pi - x_j). */
  dataMap?: DataMap | undefined;
}

const STANDARD: DataMap = { single: (x) => x, pair: (x, z) => (Math.PI - x) * (Math.PI - z) };

/**
 * The feature map of Havlicek et al. (2019): (U(x) H^n)^repetitions |0>, with U(x) = exp(i sum_i phi_i
 * Z_i + i sum_ij phi_ij Z_i Z_j). Qiskit's map of that name gives the complex conjugate state, so the
 * same kernel. Coordinates are not wrapped: pi - x has no period.
 */
export class ZZFeatureMap implements QuantumFeatureMap {
  readonly qubits: number;
  readonly dimension: number;
  readonly repetitions: number;
  readonly bandwidth: number;
  readonly pairs: readonly (readonly [number, number])[];
  readonly #dataMap: DataMap;

  constructor(options: ZZFeatureMapOptions) {
    const fn = "ZZFeatureMap";
    checkType(typeof options === "object" && options !== null, fn, "options", "an object", options);
    const { qubits, repetitions = 2, entanglement = "full", bandwidth = 1 } = options;
    checkQubits(fn, qubits);
    checkCount(fn, "repetitions", repetitions, 1);
    checkPositive(fn, "bandwidth", bandwidth);
    const { dataMap = STANDARD } = options;
    const functions = typeof dataMap?.single === "function" && typeof dataMap.pair === "function";
    checkType(functions, fn, "dataMap", "an object of functions single and pair", dataMap);
    this.qubits = qubits;
    this.dimension = qubits;
    this.repetitions = repetitions;
    this.bandwidth = bandwidth;
    this.pairs = pairsOf(fn, entanglement, qubits);
    this.#dataMap = dataMap;
  }

  circuit(x: ArrayLike<number>): Circuit {
    checkVector("ZZFeatureMap", "x", x, this.dimension);
    const { field, pair } = this.#angles(x, 0);
    const qubits = Array.from({ length: this.qubits }, (_, q) => q);
    const layer: Gate[] = [
      ...qubits.map((q) => gate("h", [q])),
      // exp(i phi Z) is a rotation by -2 phi
      ...qubits.map((q) => gate("rz", [q], -2 * field[q]!)),
      ...this.pairs.map(([i, j]) => gate("rzz", [i, j], -2 * pair[i * this.qubits + j]!)),
    ];
    return new Circuit(this.qubits, Array(this.repetitions).fill(layer).flat());
  }

  state(x: ArrayLike<number>): StateVector {
    checkVector("ZZFeatureMap", "x", x, this.dimension);
    const { re, im } = isingStates(1, this.qubits, this.repetitions, () => this.#angles(x, 0));
    return { qubits: this.qubits, re: re.data, im: im.data };
  }

  states(x: Matrix): StateBatch {
    checkMatrix("ZZFeatureMap", "x", x, this.dimension);
    return isingStates(x.rows, this.qubits, this.repetitions, (row) =>
      this.#angles(x.data, row * this.dimension),
    );
  }

  /** For the standard angles, whose derivatives are known. */
  get tuning(): BandwidthTuning | undefined {
    if (this.#dataMap !== STANDARD) return undefined;
    const { bandwidth, qubits, repetitions } = this;
    return {
      bandwidth,
      withBandwidth: (other) => this.withBandwidth(other),
      derivatives: (x) => {
        checkMatrix("ZZFeatureMap", "x", x, this.dimension);
        const start = (row: number) => row * this.dimension;
        return isingDerivatives(x.rows, qubits, repetitions, (row) => [
          this.#angles(x.data, start(row)),
          this.#slopes(x.data, start(row)),
        ]);
      },
    };
  }

  /** The same map with another bandwidth. */
  withBandwidth(bandwidth: number): ZZFeatureMap {
    const { qubits, repetitions, pairs } = this;
    const options = { qubits, repetitions, entanglement: pairs, bandwidth };
    return new ZZFeatureMap({ ...options, dataMap: this.#dataMap });
  }

  #angles(x: ArrayLike<number>, start: number): IsingAngles {
    const n = this.qubits;
    const at = (i: number) => this.bandwidth * x[start + i]!;
    const field = Float64Array.from({ length: n }, (_, i) => this.#dataMap.single(at(i)));
    const pair = new Float64Array(n * n);
    for (const [i, j] of this.pairs) pair[i * n + j] = this.#dataMap.pair(at(i), at(j));
    checkAngles(field);
    checkAngles(pair);
    return { field, pair };
  }

  /** Derivatives of the standard angles by the logarithm of the bandwidth. */
  #slopes(x: ArrayLike<number>, start: number): IsingAngles {
    const n = this.qubits;
    const at = (i: number) => this.bandwidth * x[start + i]!;
    const pair = new Float64Array(n * n);
    for (const [i, j] of this.pairs) {
      pair[i * n + j] = at(i) * (at(j) - Math.PI) + at(j) * (at(i) - Math.PI);
    }
    return { field: Float64Array.from({ length: n }, (_, i) => at(i)), pair };
  }
}

/** Throws at an angle that overflowed, or that a data map of the caller's made so. */
function checkAngles(angles: Float64Array): void {
  for (let k = 0; k < angles.length; k++) {
    const angle = angles[k]!;
    if (Number.isFinite(angle)) continue;
    throw numericError(`ZZFeatureMap: the angles of a point must be finite, got ${angle}`);
  }
}
