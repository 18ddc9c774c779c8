import { checkCount, checkQubits } from "../checks.ts";
import { Circuit, type Gate, gate, parameter } from "../circuits/circuit.ts";
import type { Entanglement } from "../feature-maps/feature-circuit.ts";
import { pairsOf } from "../feature-maps/pairs.ts";

/**
 * The variational circuit of Havlicek et al. (2019): rotations Ry and Rz of every qubit, then `layers`
 * times CZ on coupled pairs and rotations again. 2 qubits (layers + 1) parameters.
 */
export function variationalCircuit(
  qubits: number,
  layers: number,
  entanglement: Entanglement = "full",
): Circuit {
  checkQubits("variationalCircuit", qubits);
  checkCount("variationalCircuit", "layers", layers, 0);
  const pairs = pairsOf("variationalCircuit", entanglement, qubits);
  const gates: Gate[] = [];
  for (let layer = 0; layer <= layers; layer++) {
    if (layer > 0) for (const pair of pairs) gates.push(gate("cz", pair));
    for (let q = 0; q < qubits; q++) {
      const first = 2 * (layer * qubits + q);
      gates.push(gate("ry", [q], parameter(first)), gate("rz", [q], parameter(first + 1)));
    }
  }
  return new Circuit(qubits, gates);
}
