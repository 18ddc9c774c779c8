import { createRequire } from "node:module";

/** What the benchmark uses of the npm simulators, which carry no types of their own. */
interface QuantumCircuit {
  appendGate(name: string, wires: number | number[], options?: object): void;
  run(): void;
  readonly state: Record<string, { re: number; im: number }>;
}
interface QState {
  rotateY(bit: number, angle: number): QState;
  rotateZ(bit: number, angle: number): QState;
  controlledX(control: number, target: number): QState;
  amplitude(index: number): { real: number; imaginary: number };
}

const require = createRequire(import.meta.url);

type Angles = Float64Array;
const at = (angles: Angles, qubits: number, layer: number, q: number, which: 0 | 1) =>
  angles[2 * (layer * qubits + q) + which]!;

/** Both planes one after another, by the amplitude of each index of ours. */
const planes = (qubits: number, amplitude: (index: number) => { re: number; im: number }) => {
  const out = new Float64Array(2 ** (qubits + 1));
  for (let i = 0; i < 2 ** qubits; i++) {
    const { re, im } = amplitude(i);
    out[i] = re;
    out[2 ** qubits + i] = im;
  }
  return out;
};

/** `quantum-circuit`: a sparse state in an object; its wires are bits from the low end. */
export function quantumCircuit(qubits: number, layers: number, angles: Angles) {
  const Circuit = require("quantum-circuit") as new (qubits: number) => QuantumCircuit;
  const circuit = new Circuit(qubits);
  const wire = (q: number) => qubits - 1 - q;
  for (let layer = 0; layer < layers; layer++) {
    for (let q = 0; q < qubits; q++) {
      const theta = at(angles, qubits, layer, q, 0);
      circuit.appendGate("ry", wire(q), { params: { theta } });
      circuit.appendGate("rz", wire(q), { params: { phi: at(angles, qubits, layer, q, 1) } });
    }
    for (let q = 0; q + 1 < qubits; q++) circuit.appendGate("cx", [wire(q), wire(q + 1)]);
  }
  return {
    run: () => circuit.run(),
    result: () => planes(qubits, (i) => circuit.state[i] ?? { re: 0, im: 0 }),
  };
}

/** `jsqubits`: an immutable map of amplitudes. */
export function jsQubits(qubits: number, layers: number, angles: Angles) {
  const { jsqubits } = require("jsqubits") as { jsqubits: (text: string) => QState };
  const bit = (q: number) => qubits - 1 - q;
  let state = jsqubits(`|${"0".repeat(qubits)}>`);
  return {
    run: () => {
      state = jsqubits(`|${"0".repeat(qubits)}>`);
      for (let layer = 0; layer < layers; layer++) {
        for (let q = 0; q < qubits; q++) {
          state = state.rotateY(bit(q), at(angles, qubits, layer, q, 0));
          state = state.rotateZ(bit(q), at(angles, qubits, layer, q, 1));
        }
        for (let q = 0; q + 1 < qubits; q++) state = state.controlledX(bit(q), bit(q + 1));
      }
    },
    result: () =>
      planes(qubits, (i) => {
        const { real, imaginary } = state.amplitude(i);
        return { re: real, im: imaginary };
      }),
  };
}
