import { domainError, type Matrix, matrix } from "@daily-kernel/compute";
import type { Adjacency } from "../accounting/privacy.ts";
import type { RunOptions } from "../mechanism.ts";
import { pacer } from "../pacer.ts";
import type { SimilarityFeatures } from "./similarity-features.ts";

/** Parts of 1 in which features are counted. */
export const FEATURE_GRID = 2 ** 20;

/** Records mapped at a time. */
const ROWS = 128;

/**
 * Largest l1 change of a sum of features, in parts of the grid: sqrt 2 for each phase, and for each pair,
 * since |cos| + |sin| <= sqrt 2; twice that for a substitute, opposite on the circle. Truncation makes
 * whole numbers never larger.
 */
export function featureSensitivity(
  { kind, features }: Pick<SimilarityFeatures, "kind" | "features">,
  adjacency: Adjacency,
): number {
  const each = Math.floor(Math.SQRT2 * FEATURE_GRID);
  return each * (kind === "pair" ? features / 2 : features) * (adjacency === "substitute" ? 2 : 1);
}

/**
 * Sums of the features of the records of each group, in whole parts of the grid: groups x features.
 * @throws RangeError `ERR_DOMAIN` for a number that is not finite.
 */
export async function sumFeatures(
  fn: string,
  x: Matrix,
  map: SimilarityFeatures,
  groupOf: (row: number) => number,
  groups: number,
  { signal }: RunOptions,
): Promise<Float64Array[]> {
  const sums = Array.from({ length: groups }, () => new Float64Array(map.features));
  const rest = pacer(signal, 1 << 25);
  for (let from = 0; from < x.rows; from += ROWS) {
    const rows = Math.min(ROWS, x.rows - from);
    const data = x.data.subarray(from * x.cols, (from + rows) * x.cols);
    for (let at = 0; at < data.length; at++) {
      if (!Number.isFinite(data[at])) {
        const row = from + Math.floor(at / x.cols);
        throw domainError(`${fn}: x must be finite, got ${data[at]} at row ${row}`);
      }
    }
    const features = map.map(matrix(rows, x.cols, data)).data;
    for (let i = 0; i < rows; i++) {
      const sum = sums[groupOf(from + i)]!;
      const row = i * map.features;
      for (let k = 0; k < sum.length; k++) sum[k]! += Math.trunc(features[row + k]! * FEATURE_GRID);
    }
    await rest(rows * map.features * (x.cols + 16));
  }
  return sums;
}
