import { checkType, domainError, type Matrix, matrix } from "@daily-kernel/compute";
import { checkCount, checkMatrix, checkPositive, checkQubits, checkVector } from "../checks.ts";
import { Circuit, type Gate, gate } from "../circuits/circuit.ts";
import { simulate } from "../simulator/simulate.ts";
import type { StateBatch, StateVector } from "../simulator/state-vector.ts";
import type { Entanglement, QuantumFeatureMap } from "./feature-circuit.ts";
import { pairsOf } from "./pairs.ts";

export interface PauliFeatureMapOptions {
  /** Qubits, and coordinates of a point: 1..24. */
  qubits: number;
  /** Words of one or two letters X, Y, Z. Default ["Z", "ZZ"]. */
  paulis?: readonly string[] | undefined;
  /** Default 2. */
  repetitions?: number | undefined;
  /** Which pairs the words of two letters act on. Default "full". */
  entanglement?: Entanglement | undefined;
  /** What every coordinate is multiplied by first. Default 1. */
  bandwidth?: number | undefined;
}

/**
 * (prod_P exp(i phi_P(x) P) H^n)^repetitions |0> for Pauli words P on every qubit or pair, in the order
 * of `paulis`, with phi = x_i, or (pi - x_i)(pi - x_j). With Z and ZZ it is `ZZFeatureMap`, more slowly.
 */
export class PauliFeatureMap implements QuantumFeatureMap {
  readonly qubits: number;
  readonly dimension: number;
  readonly paulis: readonly string[];
  readonly repetitions: number;
  readonly bandwidth: number;
  readonly pairs: readonly (readonly [number, number])[];

  constructor(options: PauliFeatureMapOptions) {
    const fn = "PauliFeatureMap";
    checkType(typeof options === "object" && options !== null, fn, "options", "an object", options);
    const { qubits, paulis = ["Z", "ZZ"], repetitions = 2, entanglement = "full" } = options;
    const { bandwidth = 1 } = options;
    checkQubits(fn, qubits);
    checkType(Array.isArray(paulis), fn, "paulis", "an array of words", paulis);
    const bad = paulis.find((word) => !(typeof word === "string" && /^[XYZ]{1,2}$/.test(word)));
    if (bad !== undefined || paulis.length === 0) {
      throw domainError(`${fn}: paulis must be words of one or two letters X, Y, Z, got ${bad}`);
    }
    checkCount(fn, "repetitions", repetitions, 1);
    checkPositive(fn, "bandwidth", bandwidth);
    this.qubits = qubits;
    this.dimension = qubits;
    this.paulis = [...paulis];
    this.repetitions = repetitions;
    this.bandwidth = bandwidth;
    this.pairs = pairsOf(fn, entanglement, qubits);
  }

  circuit(x: ArrayLike<number>): Circuit {
    checkVector("PauliFeatureMap", "x", x, this.dimension);
    const at = (i: number) => this.bandwidth * x[i]!;
    const qubits = Array.from({ length: this.qubits }, (_, q) => q);
    const layer: Gate[] = qubits.map((q) => gate("h", [q]));
    for (const word of this.paulis) {
      if (word.length === 1) {
        for (const q of qubits) layer.push(...evolution(word, [q], at(q)));
      } else {
        for (const [i, j] of this.pairs) {
          layer.push(...evolution(word, [i, j], (Math.PI - at(i)) * (Math.PI - at(j))));
        }
      }
    }
    return new Circuit(this.qubits, Array(this.repetitions).fill(layer).flat());
  }

  state(x: ArrayLike<number>): StateVector {
    return simulate(this.circuit(x));
  }

  states(x: Matrix): StateBatch {
    checkMatrix("PauliFeatureMap", "x", x, this.dimension);
    const n = 2 ** this.qubits;
    const out = { qubits: this.qubits, re: matrix(x.rows, n), im: matrix(x.rows, n) };
    for (let row = 0; row < x.rows; row++) {
      const { re, im } = this.state(x.data.subarray(row * x.cols, (row + 1) * x.cols));
      out.re.data.set(re, row * n);
      out.im.data.set(im, row * n);
    }
    return out;
  }
}

/** exp(i phi P): into the basis of Z, a rotation by -2 phi, and back. */
function evolution(word: string, on: readonly number[], phi: number): Gate[] {
  const basis = [...word].flatMap((letter, k): Gate[] => {
    if (letter === "X") return [gate("h", [on[k]!])];
    return letter === "Y" ? [gate("rx", [on[k]!], Math.PI / 2)] : [];
  });
  const back = new Circuit(Math.max(...on) + 1, basis).inverse().gates;
  return [...basis, gate(on.length === 1 ? "rz" : "rzz", on, -2 * phi), ...back];
}
