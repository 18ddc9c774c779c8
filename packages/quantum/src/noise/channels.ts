import { checkRange } from "../checks.ts";
import { type ComplexMatrix, kronecker } from "../circuits/complex-matrix.ts";

/** What noise does to one or two qubits: Kraus operators, sum_k K_k^+ K_k = 1. */
export interface Channel {
  readonly qubits: 1 | 2;
  readonly kraus: readonly ComplexMatrix[];
}

const PAULIS = [
  [1, 0, 0, 0, 0, 0, 1, 0],
  [0, 0, 1, 0, 1, 0, 0, 0],
  [0, 0, 0, -1, 0, 1, 0, 0],
  [1, 0, 0, 0, 0, 0, -1, 0],
].map((entries) => Float64Array.from(entries));

const times = (a: ComplexMatrix, factor: number): ComplexMatrix =>
  a.map((value) => value * factor + 0);

/** With probability p the qubits are replaced by the maximally mixed state. */
export function depolarizing(p: number, qubits: 1 | 2 = 1): Channel {
  checkRange("depolarizing", "p", p, 0, 1);
  checkRange("depolarizing", "qubits", qubits, 1, 2);
  const words = qubits === 1 ? PAULIS : PAULIS.flatMap((a) => PAULIS.map((b) => kronecker(a, b)));
  const share = p / words.length;
  const kraus = words.map((word, k) => times(word, Math.sqrt(k === 0 ? 1 - p + share : share)));
  return { qubits, kraus };
}

/** |1> falls to |0> with probability gamma. */
export function amplitudeDamping(gamma: number): Channel {
  checkRange("amplitudeDamping", "gamma", gamma, 0, 1);
  const stay = Float64Array.of(1, 0, 0, 0, 0, 0, Math.sqrt(1 - gamma), 0);
  const fall = Float64Array.of(0, 0, Math.sqrt(gamma), 0, 0, 0, 0, 0);
  return { qubits: 1, kraus: [stay, fall] };
}

/** Coherence shrinks by sqrt(1 - lambda); populations stay. */
export function phaseDamping(lambda: number): Channel {
  checkRange("phaseDamping", "lambda", lambda, 0, 1);
  const stay = Float64Array.of(1, 0, 0, 0, 0, 0, Math.sqrt(1 - lambda), 0);
  const tell = Float64Array.of(0, 0, 0, 0, 0, 0, Math.sqrt(lambda), 0);
  return { qubits: 1, kraus: [stay, tell] };
}

/** X with probability p. */
export function bitFlip(p: number): Channel {
  checkRange("bitFlip", "p", p, 0, 1);
  const kraus = [times(PAULIS[0]!, Math.sqrt(1 - p)), times(PAULIS[1]!, Math.sqrt(p))];
  return { qubits: 1, kraus };
}
