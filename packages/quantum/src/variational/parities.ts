import type { Circuit } from "../circuits/circuit.ts";
import { addPauli } from "../simulator/pauli.ts";
import { simulateBatch } from "../simulator/simulate.ts";
import type { StateBatch } from "../simulator/state-vector.ts";
import { adjointGradient, type Planes } from "./adjoint-gradient.ts";

/** <Z...Z> of every state after a circuit: one number a row. */
export function parities(
  circuit: Circuit,
  parameters: Float64Array,
  states: StateBatch,
): Float64Array {
  const { re, im } = simulateBatch(circuit, states, { parameters });
  const out = new Float64Array(re.rows);
  const signs = Float64Array.from({ length: re.cols }, (_, i) => (ones(i) % 2 === 0 ? 1 : -1));
  for (let row = 0; row < re.rows; row++) {
    for (let i = 0; i < re.cols; i++) {
      const at = row * re.cols + i;
      out[row]! += signs[i]! * (re.data[at]! ** 2 + im.data[at]! ** 2);
    }
  }
  return out;
}

const ones = (bits: number) => bits.toString(2).replaceAll("0", "").length;

/** The gradient by the parameters of sum_row weights_row <Z...Z>_row. */
export function parityGradient(
  circuit: Circuit,
  parameters: Float64Array,
  states: StateBatch,
  weights: Float64Array,
): Float64Array {
  const { re, im } = simulateBatch(circuit, states, { parameters });
  // all states at once: those of one amplitude side by side
  const below = Math.ceil(Math.log2(Math.max(2, re.rows)));
  const size = re.cols << below;
  const planes = (): Planes => ({ re: new Float64Array(size), im: new Float64Array(size) });
  const [psi, weighted, lambda] = [planes(), planes(), planes()];
  for (let row = 0; row < re.rows; row++) {
    for (let i = 0; i < re.cols; i++) {
      const [from, to] = [row * re.cols + i, (i << below) + row];
      psi.re[to] = re.data[from]!;
      psi.im[to] = im.data[from]!;
      weighted.re[to] = weights[row]! * re.data[from]!;
      weighted.im[to] = weights[row]! * im.data[from]!;
    }
  }
  const parity = { pauli: "Z".repeat(circuit.qubits), coefficient: 1 };
  addPauli(parity, weighted, lambda, below);
  return adjointGradient(circuit, parameters, circuit.qubits + below, psi, lambda);
}
