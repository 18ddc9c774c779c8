/**
 * Named wrong implementations: the tests put them in the place of ours and see a claim fail.
 */

import { type Matrix, matrix, type Rng } from "@daily-kernel/compute";
import {
  type OrthonormalBasis,
  optimalWeights,
  sampleIid,
  sampleProjectionDpp,
  sampleVolume,
  type WeightedPoints,
} from "@daily-kernel/sampling";
import type { Draw } from "./trials.ts";

/** Independent points of the optimal density under the name of repelling ones. */
export const independent: Draw = (basis, n, rng) => sampleIid(basis, n, rng);
export const independentOnce = (basis: OrthonormalBasis, rng: Rng): Matrix =>
  sampleIid(basis, basis.features, rng).points;

/** Points of the measure, whatever was asked for. */
export const uniform: Draw = (basis, n, rng) => sampleIid(basis, n, rng, { proposal: "measure" });

/** Repulsion by eye: of three proposals the one farthest from what is chosen, in feature space. */
export function farthestOfThree(basis: OrthonormalBasis, rng: Rng): Matrix {
  const { features: m, dimension: d } = basis;
  const chosen = matrix(m, d);
  const directions: Float64Array[] = [];
  for (let k = 0; k < m; k++) {
    const points = basis.sampleChristoffel(3, rng);
    const phi = basis.map(points).data;
    let best = -1;
    let rest = new Float64Array(m);
    for (let i = 0; i < 3; i++) {
      const left = phi.slice(i * m, (i + 1) * m);
      for (const q of directions) {
        const along = left.reduce((sum, v, j) => sum + v * q[j]!, 0);
        for (let j = 0; j < m; j++) left[j]! -= along * q[j]!;
      }
      const norm = left.reduce((sum, v) => sum + v * v, 0);
      if (norm <= best) continue;
      best = norm;
      rest = left.map((v) => v / Math.sqrt(norm));
      chosen.data.set(points.data.subarray(i * d, (i + 1) * d), k * d);
    }
    directions.push(rest);
  }
  return chosen;
}

/** Volume sampling with that in the place of the determinantal part. */
export const volumeByEye: Draw = (basis, n, rng) => {
  const { features: m, dimension: d } = basis;
  const points = matrix(n, d);
  points.data.set(farthestOfThree(basis, rng).data);
  points.data.set(basis.sampleChristoffel(n - m, rng).data, m * d);
  return { points, weights: optimalWeights(basis, points), tries: 1 };
};

/** Volume sampling that forgets its weights. */
export const withoutWeights: Draw = (basis, n, rng) => {
  const sample = sampleVolume(basis, n, rng);
  return { ...sample, weights: sample.weights.map(() => 1) };
};

/** Bounds that leave the smallest eigenvalue out. */
export const boundOfAStableFit = (): number => 2;
export const embeddingOnly = (
  _kernel: unknown,
  _x: Matrix,
  _weights: ArrayLike<number>,
  _smallest: number,
  embedding: number,
): number => embedding;

/** Removal that looks at no condition: the first points stay. */
export function firstPoints(
  basis: OrthonormalBasis,
  { points, weights }: Pick<WeightedPoints, "points" | "weights">,
) {
  const m = basis.features;
  return {
    points: matrix(m, points.cols, points.data.slice(0, m * points.cols)),
    weights: weights.slice(0, m),
    kept: Int32Array.from({ length: m }, (_, i) => i),
  };
}

/** The most spread of twelve draws, by their first coordinates. */
export function bestOfTwelve(basis: OrthonormalBasis, rng: Rng): Matrix {
  const spread = ({ data, cols }: Matrix) => {
    const sorted = data.filter((_, i) => i % cols === 0).sort();
    return sorted.reduce((least, x, i) => (i ? Math.min(least, x - sorted[i - 1]!) : least), 2);
  };
  const draws = Array.from({ length: 12 }, () => sampleProjectionDpp(basis, rng));
  return draws.reduce((best, draw) => (spread(draw) > spread(best) ? draw : best));
}
