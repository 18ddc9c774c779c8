import type { Matrix } from "@daily-kernel/compute";
import type { Circuit } from "../circuits/circuit.ts";
import type { StateBatch, StateVector } from "../simulator/state-vector.ts";

/** Points of R^dimension as states of some qubits, by a circuit. */
export interface QuantumFeatureMap {
  /** Length of a point. */
  readonly dimension: number;
  readonly qubits: number;
  /** The circuit that makes the state of a point of |0...0>. */
  circuit(x: ArrayLike<number>): Circuit;
  /** The state of one point. */
  state(x: ArrayLike<number>): StateVector;
  /** The states of the rows of x, a row each. */
  states(x: Matrix): StateBatch;
  /** How the bandwidth, a factor of all coordinates, can be chosen by gradients; where it can. */
  readonly tuning?: BandwidthTuning | undefined;
}

/** A feature map as a function of its bandwidth. */
export interface BandwidthTuning {
  readonly bandwidth: number;
  withBandwidth(bandwidth: number): QuantumFeatureMap;
  /** d/d(log bandwidth) of the amplitudes of the states of the rows of x. */
  derivatives(x: Matrix): StateBatch;
}

/** Which pairs of qubits interact: all, neighbours in a row, or those that are listed. */
export type Entanglement = "full" | "linear" | readonly (readonly [number, number])[];
