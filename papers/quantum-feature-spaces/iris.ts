import { type Matrix, matrix, type Rng } from "@daily-kernel/compute";
import type { Iris } from "@daily-kernel/datasets";
import { QuantumKernel, ZZFeatureMap } from "@daily-kernel/quantum";
import { type Classify, chosen, folds, gaussianGrid, kernelClassify, rowsOf } from "./sets.ts";

const costs = [1, 10, 100];
const quantumGrid = (bandwidths: readonly number[]) =>
  bandwidths.flatMap((bandwidth) => costs.map((c) => ({ bandwidth, c })));

const quantumClassify = (
  x: Matrix,
  y: ArrayLike<number>,
  points: Matrix,
  { bandwidth, c }: { bandwidth: number; c: number },
) => {
  const map = new ZZFeatureMap({ qubits: x.cols, bandwidth });
  return kernelClassify(new QuantumKernel(map), x, y, points, c);
};

/** Each feature to [0, 2 pi] for the circuit and to unit variance for the Gaussian, by training rows. */
export function scaled(x: Matrix, by: Matrix, how: "angles" | "standard"): Matrix {
  const out = matrix(x.rows, x.cols);
  for (let j = 0; j < x.cols; j++) {
    const column = Float64Array.from({ length: by.rows }, (_, i) => by.data[i * by.cols + j]!);
    const low = Math.min(...column);
    const centre = column.reduce((sum, value) => sum + value, 0) / by.rows;
    const variance = column.reduce((sum, value) => sum + (value - centre) ** 2, 0) / by.rows;
    const [shift, scale] =
      how === "angles"
        ? [low, (2 * Math.PI) / (Math.max(...column) - low)]
        : [centre, 1 / Math.sqrt(variance)];
    for (let i = 0; i < x.rows; i++) {
      out.data[i * x.cols + j] = (x.data[i * x.cols + j]! - shift) * scale;
    }
  }
  return out;
}

/** Flowers of 150 that each machine names rightly when they were not trained on. */
export interface IrisScores {
  readonly quantum: number;
  readonly gaussian: number;
  /** The quantum kernel with its bandwidth chosen as well. */
  readonly tuned: number;
}

/**
 * Five-fold cross-validation; within each training part, cost and length (or bandwidth) are chosen by
 * another five-fold cross-validation, alike for both kernels.
 */
export async function irisScores(
  { table, labels }: Iris,
  gaussian: Classify,
  rng: Rng,
  breathe: () => Promise<void>,
): Promise<IrisScores> {
  const all = matrix(table.rows, table.cols, table.data);
  const scores = { quantum: 0, gaussian: 0, tuned: 0 };
  for (const part of folds(labels, 5, rng)) {
    const rest = [...labels.keys()].filter((i) => !part.includes(i));
    const y = rest.map((i) => labels[i]!);
    const truth = part.map((i) => labels[i]!);
    const right = (seen: ArrayLike<number>) => truth.filter((label, i) => seen[i] === label).length;
    const split = (how: "angles" | "standard") =>
      [rest, part].map((rows) => scaled(rowsOf(all, rows), rowsOf(all, rest), how)) as [
        Matrix,
        Matrix,
      ];
    for (const [name, bandwidths] of [
      ["quantum", [1]],
      ["tuned", [0.03, 0.1, 0.3, 1]],
    ] as const) {
      const [x, points] = split("angles");
      const best = await chosen(quantumGrid(bandwidths), x, y, rng, quantumClassify, breathe);
      scores[name] += right(quantumClassify(x, y, points, best));
    }
    const [x, points] = split("standard");
    const best = await chosen(gaussianGrid, x, y, rng, gaussian, breathe);
    scores.gaussian += right(gaussian(x, y, points, best));
  }
  return scores;
}
