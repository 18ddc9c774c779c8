import { actionOf, anglesOf, boundAngles, type Circuit } from "../circuits/circuit.ts";
import { adjoint, type ComplexMatrix } from "../circuits/complex-matrix.ts";
import { GATES, type GateKind, type GateName } from "../circuits/gates.ts";
import { applyOperation } from "../simulator/apply-gate.ts";

/** Two planes of amplitudes. */
export interface Planes {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * d/d(parameters) of <psi|O|psi>, from the state psi at the end of a circuit and lambda = O psi, by
 * taking the gates back one after another (Jones and Gacon 2020). Both are overwritten. The planes may
 * hold more bits than the circuit's qubits, below them: several states at once, whose terms add up.
 */
export function adjointGradient(
  circuit: Circuit,
  values: ArrayLike<number>,
  bits: number,
  psi: Planes,
  lambda: Planes,
): Float64Array {
  const gradient = new Float64Array(circuit.parameters);
  for (const gate of circuit.gates.toReversed()) {
    const action = actionOf(gate, values);
    const inverse = { ...action, matrix: adjoint(action.matrix) };
    applyOperation(psi.re, psi.im, bits, inverse);
    for (const [k, angle] of anglesOf(gate).entries()) {
      if (typeof angle === "number") continue;
      const matrix = derivative(gate.gate as GateName, boundAngles(gate, values), k);
      const change = { re: psi.re.slice(), im: psi.im.slice() };
      applyOperation(change.re, change.im, bits, { ...action, matrix });
      // where a control is 0 nothing changes, whatever the angle
      const mask = action.controls.reduce((sum, qubit) => sum + 2 ** (bits - 1 - qubit), 0);
      let sum = 0;
      for (let i = 0; i < change.re.length; i++) {
        if ((i & mask) !== mask) continue;
        sum += lambda.re[i]! * change.re[i]! + lambda.im[i]! * change.im[i]!;
      }
      gradient[angle.parameter]! += 2 * (angle.scale ?? 1) * sum;
    }
    applyOperation(lambda.re, lambda.im, bits, inverse);
  }
  return gradient;
}

/** The derivative of a gate's matrix by one of its angles, from the frequency of its entries. */
function derivative(name: GateName, angles: readonly number[], k: number): ComplexMatrix {
  const kind: GateKind = GATES[name];
  const frequency = kind.angles[k]!.entries;
  const at = (shift: number) =>
    kind.matrix(...angles.map((angle, i) => (i === k ? angle + shift : angle)));
  const quarter = Math.PI / (2 * frequency);
  const [up, down] = [at(quarter), at(-quarter)];
  return up.map((value, i) => (frequency / 2) * (value - down[i]!));
}
