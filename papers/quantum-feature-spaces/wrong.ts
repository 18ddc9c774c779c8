/**
 * Named wrong implementations: the tests put them in the place of ours and see a claim fail.
 */

import { type Matrix, matrix, type Rng } from "@daily-kernel/compute";
import {
  type adHocData,
  estimateGram,
  QuantumKernel,
  type trainVariational,
  ZZFeatureMap,
} from "@daily-kernel/quantum";

const TURN = 2 * Math.PI;

/** Angles of pairs from coordinates wrapped around pi, as if pi - x had a period. */
export const wrappedCoordinates = (qubits: number) =>
  new QuantumKernel(
    new ZZFeatureMap({
      qubits,
      dataMap: {
        single: (x) => x,
        pair: (x, z) => wrapped(Math.PI - x) * wrapped(Math.PI - z),
      },
    }),
  );

const wrapped = (angle: number) => ((angle % Math.PI) + Math.PI) % Math.PI;

/** Phases of single qubits alone: no interaction. */
export const withoutPairs = (qubits: number) =>
  new QuantumKernel(new ZZFeatureMap({ qubits, entanglement: [] }));

/** Only the first two coordinates count, however many there are. */
export function firstTwoQubits(qubits: number): QuantumKernel {
  const kernel = new QuantumKernel(new ZZFeatureMap({ qubits }));
  if (qubits < 2) return kernel;
  const two = new QuantumKernel(new ZZFeatureMap({ qubits: 2 }));
  const cut = ({ data, rows, cols }: Matrix) => {
    const kept = data.filter((_, k) => k % cols < 2);
    return matrix(rows, 2, kept);
  };
  kernel.gram = (x, z) => {
    const left = cut(x);
    return two.gram(left, x === z ? left : cut(z));
  };
  return kernel;
}

/** Labels by a line through the square: what any kernel separates. */
export const linearLabels: typeof adHocData = (options) => {
  const rng = options.seed as Rng;
  const part = (each: number) => {
    const y = Int8Array.from({ length: 2 * each }, (_, i) => (i < each ? -1 : 1));
    const x = matrix(2 * each, 2);
    for (const [i, label] of y.entries()) {
      const across = rng.uniform();
      x.data[2 * i] = TURN * across;
      x.data[2 * i + 1] =
        (TURN / 2) * (label > 0 ? 1.1 + 0.9 * rng.uniform() : 0.9 * rng.uniform());
    }
    return { x, y };
  };
  return {
    train: part(options.train),
    test: part(options.test),
    unitary: new Float64Array(32),
  };
};

/** Shots with normal noise of the largest variance that a binomial one can have. */
export const normalShots: typeof estimateGram = (kernel, x, z, options) => {
  const seen = estimateGram(kernel, x, z, { ...options, shots: Number.POSITIVE_INFINITY });
  const rng = options.seed as Rng;
  for (let i = 0; i < seen.rows && Number.isFinite(options.shots); i++) {
    for (let j = z ? 0 : i; j < seen.cols; j++) {
      seen.data[i * seen.cols + j]! += (0.5 * rng.normal()) / Math.sqrt(options.shots);
      if (!z) seen.data[j * seen.cols + i] = seen.data[i * seen.cols + j]!;
    }
  }
  return seen;
};

/** Of a hundred shots two are lost, and counted as if they had not been all zeros. */
export const lostShots: typeof estimateGram = (kernel, x, z, options) => {
  const seen = estimateGram(kernel, x, z, options);
  return { ...seen, data: seen.data.map((k) => 0.98 * k) };
};

/** Runs another circuit on the device: one whose gates on two qubits were lost. */
export const lostInteraction: typeof estimateGram = (_kernel, x, z, options) => {
  const single = new QuantumKernel(new ZZFeatureMap({ qubits: 2, entanglement: [] }));
  return estimateGram(single, x, z, { shots: options.shots, seed: options.seed });
};

/** The mean of what was measured with more and with less noise. */
export const averaged = (_stretches: readonly number[], values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** A circuit without layers, however many were asked for. */
export const alwaysShallow =
  (train: typeof trainVariational): typeof trainVariational =>
  (x, y, options) =>
    train(x, y, { ...options, layers: 0 });

/** Four layers, however many were asked for. */
export const alwaysDeep =
  (train: typeof trainVariational): typeof trainVariational =>
  (x, y, options) =>
    train(x, y, { ...options, layers: 4 });

/** The label of the first training point for every point. */
export const constantLabel = (_x: Matrix, y: ArrayLike<number>, points: Matrix) =>
  Array.from({ length: points.rows }, () => y[0]!);
