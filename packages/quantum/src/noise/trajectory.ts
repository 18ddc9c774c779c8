import { checkType, Rng } from "@daily-kernel/compute";
import { checkQubits, checkVector } from "../checks.ts";
import { actionOf, Circuit } from "../circuits/circuit.ts";
import { applyOperation } from "../simulator/apply-gate.ts";
import { basisState, type StateVector } from "../simulator/state-vector.ts";
import type { Channel } from "./channels.ts";
import { channelsAfter, checkNoise, type NoiseModel } from "./noise-model.ts";

/**
 * One random pure state of a noisy circuit: at every channel one Kraus operator acts, by its
 * probability. Averages over trajectories are those of the density matrix, at the memory of a state
 * (Dalibard, Castin and Molmer 1992).
 */
export function simulateTrajectory(
  circuit: Circuit,
  options: { noise: NoiseModel; rng: Rng; parameters?: ArrayLike<number> | undefined },
): StateVector {
  const fn = "simulateTrajectory";
  checkType(circuit instanceof Circuit, fn, "circuit", "a Circuit", circuit);
  checkType(typeof options === "object" && options !== null, fn, "options", "an object", options);
  const { noise, rng, parameters = [] } = options;
  checkQubits(fn, circuit.qubits);
  checkNoise(fn, noise);
  checkType(rng instanceof Rng, fn, "options.rng", "an Rng", rng);
  checkVector(fn, "options.parameters", parameters, circuit.parameters);
  let state = basisState(circuit.qubits);
  for (const gate of circuit.gates) {
    applyOperation(state.re, state.im, circuit.qubits, actionOf(gate, parameters));
    for (const { channel, on } of channelsAfter(noise, gate.qubits)) {
      state = jump(state, channel, on, rng.uniform());
    }
  }
  return state;
}

/** The state after the Kraus operator that the uniform number u chooses, normalised. */
function jump(state: StateVector, channel: Channel, on: readonly number[], u: number): StateVector {
  let left = u;
  for (const [k, matrix] of channel.kraus.entries()) {
    const [re, im] = [state.re.slice(), state.im.slice()];
    applyOperation(re, im, state.qubits, { controls: [], targets: on, matrix });
    const probability = re.reduce((sum, value, i) => sum + value * value + im[i]! ** 2, 0);
    left -= probability;
    // rounding may leave a little after the last one
    if (left < 0 || k === channel.kraus.length - 1) {
      if (probability === 0) return state;
      const scale = 1 / Math.sqrt(probability);
      return {
        qubits: state.qubits,
        re: re.map((value) => value * scale),
        im: im.map((value) => value * scale),
      };
    }
  }
  return state;
}
