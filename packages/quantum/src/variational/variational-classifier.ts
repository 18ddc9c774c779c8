import { checkType, type Matrix, type Rng } from "@daily-kernel/compute";
import { minimise } from "@daily-kernel/kernels";
import { checkCount, checkLabels, checkMatrix, checkPositive, rngOf } from "../checks.ts";
import type { Circuit } from "../circuits/circuit.ts";
import type { Entanglement, QuantumFeatureMap } from "../feature-maps/feature-circuit.ts";
import { binomial } from "../noise/binomial.ts";
import type { StateBatch } from "../simulator/state-vector.ts";
import { variationalCircuit } from "./ansatz.ts";
import { parities, parityGradient } from "./parities.ts";
import { risk } from "./risk.ts";
import { spsa } from "./spsa.ts";

/** States that are measured before the event loop gets its turn: some tens of milliseconds. */
const BREATH = 2000;

export interface VariationalOptions {
  map: QuantumFeatureMap;
  /** Depth of the variational circuit: 0 or more. */
  layers: number;
  /** Draws of the first parameters, directions and shots: a seed, or a generator. */
  seed: number | bigint | Rng;
  /** Which qubits the circuit couples. Default "full". */
  entanglement?: Entanglement | undefined;
  /** "spsa" (default) on estimates from shots, or "exact": L-BFGS on exact gradients. */
  optimiser?: "spsa" | "exact" | undefined;
  /** Shots of an evaluation of a point; Infinity for exact expectations. Default 2000. */
  shots?: number | undefined;
  /** The R of the cost, which says how sharp its steps are. Default 200. */
  sharpness?: number | undefined;
  /** Steps of the optimiser. Default 250. */
  steps?: number | undefined;
  /** After every step: how many are done, of at most how many. Awaited with "spsa". */
  onProgress?: ((done: number, total: number) => void | Promise<void>) | undefined;
  signal?: AbortSignal | undefined;
}

/** A trained variational classifier. */
export interface TrainedVariational {
  readonly circuit: Circuit;
  readonly parameters: Float64Array;
  readonly bias: number;
  /** The cost of the training points with exact expectations. */
  readonly cost: number;
  /** Whether f + bias > 0, f the parity: -1 or 1 a row; `shots` measurements, or exact. */
  predict(x: Matrix, options?: { shots: number; rng: Rng }): Int8Array;
}

/**
 * Trains a circuit W(theta) after a feature map: the label of a point is the sign of <Z...Z> + b, and
 * theta and b minimise the mean probability of a wrong majority among the shots (Havlicek et al. 2019).
 *
 * @param x points as rows; @param y labels -1 and 1, both present.
 */
export async function trainVariational(
  x: Matrix,
  y: ArrayLike<number>,
  options: VariationalOptions,
): Promise<TrainedVariational> {
  const fn = "trainVariational";
  checkType(typeof options === "object" && options !== null, fn, "options", "an object", options);
  const { map, layers, seed, entanglement = "full", optimiser = "spsa" } = options;
  const { shots = 2000, sharpness = 200, steps = 250, onProgress, signal } = options;
  checkType(typeof map?.states === "function", fn, "options.map", "a quantum feature map", map);
  checkMatrix(fn, "x", x, map.dimension);
  checkLabels(fn, y, x.rows);
  const known = optimiser === "spsa" || optimiser === "exact";
  checkType(known, fn, "options.optimiser", `"spsa" or "exact"`, optimiser);
  if (shots !== Number.POSITIVE_INFINITY) checkCount(fn, "options.shots", shots, 1);
  checkPositive(fn, "options.sharpness", sharpness);
  checkCount(fn, "options.steps", steps, 0);
  checkCount(fn, "options.layers", layers, 0);
  const rng = rngOf(fn, seed);
  const circuit = variationalCircuit(map.qubits, layers, entanglement);
  const labels = Float64Array.from(y);
  const states = map.states(x);
  const start = Float64Array.from({ length: circuit.parameters + 1 }, (_, k) =>
    k < circuit.parameters ? 2 * Math.PI * rng.uniform() : 0,
  );
  const cost = (at: Float64Array, shotsOf: number) =>
    meanRisk(circuit, at, states, labels, { sharpness, shots: shotsOf, rng });
  signal?.throwIfAborted();
  let best: Float64Array;
  let work = 0;
  if (optimiser === "exact") {
    const objective = (at: Float64Array) => exactCost(circuit, at, states, labels, sharpness);
    const found = await minimise(objective, start, { maxIterations: steps, signal, onProgress });
    best = found.x;
  } else {
    best = await spsa((at) => cost(at, shots), start, {
      seed: rng.spawn("directions"),
      steps,
      stability: 0.1 * steps,
      a: 2,
      c: 0.2,
      largestStep: 1,
      onStep: async (step) => {
        // lets clicks and an abort through, every so many states
        work += x.rows;
        if (work >= BREATH) {
          work = 0;
          await new Promise<void>((resume) => setTimeout(resume));
        }
        signal?.throwIfAborted();
        await onProgress?.(step, steps);
      },
    });
  }
  const parameters = best.slice(0, circuit.parameters);
  const bias = best[circuit.parameters]!;
  return {
    circuit,
    parameters,
    bias,
    cost: cost(best, Number.POSITIVE_INFINITY),
    predict(points, measured) {
      checkMatrix("predict", "x", points, map.dimension);
      const f = parities(circuit, parameters, map.states(points));
      const seen = measured ? sampled(f, measured.shots, measured.rng) : f;
      return Int8Array.from(seen, (value) => (value + bias > 0 ? 1 : -1));
    },
  };
}

/** Parities as so many shots would show them. */
const sampled = (f: Float64Array, shots: number, rng: Rng): Float64Array =>
  f.map((value) => {
    const p = Math.min(1, Math.max(0, (1 + value) / 2));
    return (2 * binomial(shots, p, rng)) / shots - 1;
  });

function meanRisk(
  circuit: Circuit,
  at: Float64Array,
  states: StateBatch,
  labels: Float64Array,
  { sharpness, shots, rng }: { sharpness: number; shots: number; rng: Rng },
): number {
  const bias = at[circuit.parameters]!;
  const exact = parities(circuit, at.subarray(0, circuit.parameters), states);
  const f = Number.isFinite(shots) ? sampled(exact, shots, rng) : exact;
  let sum = 0;
  for (let i = 0; i < f.length; i++) {
    sum += risk((1 + labels[i]! * f[i]!) / 2, labels[i]! * bias, sharpness).value;
  }
  return sum / f.length;
}

function exactCost(
  circuit: Circuit,
  at: Float64Array,
  states: StateBatch,
  labels: Float64Array,
  sharpness: number,
) {
  const parameters = at.slice(0, circuit.parameters);
  const bias = at[circuit.parameters]!;
  const f = parities(circuit, parameters, states);
  const weights = new Float64Array(f.length);
  const gradient = new Float64Array(at.length);
  let value = 0;
  for (let i = 0; i < f.length; i++) {
    const y = labels[i]!;
    const { value: v, byP, byBias } = risk((1 + y * f[i]!) / 2, y * bias, sharpness);
    value += v / f.length;
    weights[i] = (byP * y) / (2 * f.length);
    gradient[circuit.parameters]! += (byBias * y) / f.length;
  }
  gradient.set(parityGradient(circuit, parameters, states, weights));
  return { value, gradient };
}
