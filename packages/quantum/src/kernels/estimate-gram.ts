import { checkType, type Matrix, matrix, type Rng } from "@daily-kernel/compute";
import { checkCount, checkMatrix, rngOf } from "../checks.ts";
import { binomial, multinomial } from "../noise/binomial.ts";
import { densityProbabilities, simulateDensity } from "../noise/density-matrix.ts";
import { checkNoise, type NoiseModel } from "../noise/noise-model.ts";
import { applyReadout, mitigateReadout } from "../noise/readout.ts";
import type { QuantumKernel } from "./quantum-kernel.ts";

export interface EstimateGramOptions {
  /** How often the circuit of each entry is run; Infinity for the expected value. */
  shots: number;
  /** Draws of the outcomes: a seed, or a generator. */
  seed: number | bigint | Rng;
  /** Noise of the device; none by default. Up to ten qubits. */
  noise?: NoiseModel | undefined;
  /** Whether known readout errors are undone. Default false. */
  mitigate?: boolean | undefined;
}

/**
 * A Gram matrix as a device would estimate it: for every pair U^+(z) U(x) is run `shots` times on
 * |0...0> and the outcomes with all bits 0 are counted. An entry is Binomial(shots, K) / shots without
 * noise. Without `z` the pairs i < j of x are measured once each and the diagonal is 1: symmetric, but
 * not always positive semi-definite (see `projectPsd`).
 */
export function estimateGram(
  kernel: QuantumKernel,
  x: Matrix,
  z: Matrix | undefined,
  options: EstimateGramOptions,
): Matrix {
  const fn = "estimateGram";
  checkType(typeof kernel?.map?.states === "function", fn, "kernel", "a QuantumKernel", kernel);
  checkMatrix(fn, "x", x, kernel.dimension);
  if (z !== undefined) checkMatrix(fn, "z", z, kernel.dimension);
  checkType(typeof options === "object" && options !== null, fn, "options", "an object", options);
  const { shots, seed, noise, mitigate = false } = options;
  if (shots !== Number.POSITIVE_INFINITY) checkCount(fn, "options.shots", shots, 1);
  if (noise !== undefined) checkNoise(fn, noise);
  checkType(typeof mitigate === "boolean", fn, "options.mitigate", "a boolean", mitigate);
  const rng = rngOf(fn, seed);
  const entry = noise
    ? noisyEntry(kernel, x, z ?? x, noise, { shots, mitigate, rng })
    : exactEntry(kernel.gram(x, z ?? x), shots, rng);
  const cols = (z ?? x).rows;
  const out = matrix(x.rows, cols);
  for (let i = 0; i < x.rows; i++) {
    for (let j = z ? 0 : i; j < cols; j++) {
      const value = !z && i === j ? 1 : entry(i, j);
      out.data[i * cols + j] = value;
      if (!z) out.data[j * cols + i] = value;
    }
  }
  return out;
}

const exactEntry = (gram: Matrix, shots: number, rng: Rng) => (i: number, j: number) => {
  const p = gram.data[i * gram.cols + j]!;
  return Number.isFinite(shots) ? binomial(shots, p, rng) / shots : p;
};

function noisyEntry(
  { map }: QuantumKernel,
  x: Matrix,
  z: Matrix,
  noise: NoiseModel,
  { shots, mitigate, rng }: { shots: number; mitigate: boolean; rng: Rng },
) {
  const circuits = ({ data, rows, cols }: Matrix) =>
    Array.from({ length: rows }, (_, i) => map.circuit(data.subarray(i * cols, (i + 1) * cols)));
  const forward = circuits(x);
  const backward = circuits(z).map((circuit) => circuit.inverse());
  return (i: number, j: number) => {
    const state = simulateDensity(forward[i]!.with(backward[j]!), { noise });
    const outcomes = densityProbabilities(state);
    const read = noise.readout ? applyReadout(outcomes, noise.readout) : outcomes;
    const seen = Number.isFinite(shots)
      ? multinomial(shots, read, rng).map((count) => count / shots)
      : read;
    return mitigate && noise.readout ? mitigateReadout(seen, noise.readout)[0]! : seen[0]!;
  };
}
