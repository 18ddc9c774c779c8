import { checkType, domainError } from "@daily-kernel/compute";
import { checkVector } from "../checks.ts";
import { anglesOf, Circuit, type Gate, type NamedGate } from "../circuits/circuit.ts";
import { GATES, type GateKind } from "../circuits/gates.ts";
import { addPauli, expectation, type Observable, termsOf } from "../simulator/pauli.ts";
import { simulate } from "../simulator/simulate.ts";
import type { StateVector } from "../simulator/state-vector.ts";
import { adjointGradient } from "./adjoint-gradient.ts";

export interface ExpectationGradientOptions {
  parameters: ArrayLike<number>;
  /** The state to begin with; |0...0> by default. */
  initial?: StateVector | undefined;
  /**
   * "adjoint" (default) takes the gates back once, at the cost of a few simulations for any number of
   * parameters; "parameter-shift" evaluates shifted circuits, two for each angle (four for controlled
   * rotations), as a device can.
   */
  method?: "adjoint" | "parameter-shift" | undefined;
}

/** <observable> at the end of a circuit, and its exact derivatives by the parameters. */
export function expectationGradient(
  circuit: Circuit,
  observable: Observable,
  options: ExpectationGradientOptions,
): { value: number; gradient: Float64Array } {
  const fn = "expectationGradient";
  checkType(circuit instanceof Circuit, fn, "circuit", "a Circuit", circuit);
  checkType(typeof options === "object" && options !== null, fn, "options", "an object", options);
  const { parameters, initial, method = "adjoint" } = options;
  checkVector(fn, "options.parameters", parameters, circuit.parameters);
  const terms = termsOf(fn, observable, circuit.qubits);
  if (method !== "adjoint" && method !== "parameter-shift") {
    throw domainError(`${fn}: method must be "adjoint" or "parameter-shift", got ${method}`);
  }
  const psi = simulate(circuit, { parameters, initial });
  const value = expectation(psi, terms);
  if (method === "parameter-shift") {
    return { value, gradient: shifted(circuit, terms, parameters, initial) };
  }
  const lambda = { re: new Float64Array(psi.re.length), im: new Float64Array(psi.re.length) };
  for (const term of terms) addPauli(term, psi, lambda);
  return { value, gradient: adjointGradient(circuit, parameters, circuit.qubits, psi, lambda) };
}

const ROOT = Math.SQRT2;
/** [shift, weight]: f' is the sum of weight (f(+shift) - f(-shift)). */
const RULES = {
  1: [[Math.PI / 2, 1 / 2]],
  2: [
    [Math.PI / 2, (ROOT + 1) / (4 * ROOT)],
    [(3 * Math.PI) / 2, -(ROOT - 1) / (4 * ROOT)],
  ],
} as const;

/** The rules of parameter shift (Mitarai et al. 2018; two frequencies: Anselmetti et al. 2021). */
function shifted(
  circuit: Circuit,
  observable: Observable,
  parameters: ArrayLike<number>,
  initial: StateVector | undefined,
): Float64Array {
  const gradient = new Float64Array(circuit.parameters);
  for (const [g, gate] of circuit.gates.entries()) {
    for (const [k, angle] of anglesOf(gate).entries()) {
      if (typeof angle === "number") continue;
      const kind: GateKind = GATES[(gate as NamedGate).gate];
      const scale = angle.scale ?? 1;
      const centre = scale * parameters[angle.parameter]!;
      const at = (shift: number) => {
        const angles = anglesOf(gate).map((a, i) => (i === k ? centre + shift : a));
        const gates = circuit.gates.with(g, { ...gate, angles } as Gate);
        const changed = new Circuit(circuit.qubits, gates);
        const values = Array.from(parameters).slice(0, changed.parameters);
        return expectation(simulate(changed, { parameters: values, initial }), observable);
      };
      for (const [shift, weight] of RULES[kind.angles[k]!.shifts.length as 1 | 2]) {
        gradient[angle.parameter]! += scale * weight * (at(shift) - at(-shift));
      }
    }
  }
  return gradient;
}
