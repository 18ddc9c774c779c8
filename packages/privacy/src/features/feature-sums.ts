import { domainError, type Matrix, wasm } from "@daily-kernel/compute";
import type { Adjacency } from "../accounting/privacy.ts";
import * as kernels from "../kernels.generated.ts";
import type { RunOptions } from "../mechanism.ts";
import { pacer } from "../pacer.ts";
import { BLOCK, type SimilarityFeatures } from "./similarity-features.ts";

/** Parts of 1 in which features are counted. */
export const FEATURE_GRID = 2 ** 20;

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
  const { exports, heap } = wasm(kernels);
  const rest = pacer(signal, 1 << 25);
  const m = map.features;
  return heap.scope(async (arena) => {
    const mapBlock = map.load(arena, BLOCK);
    const sums = arena.f64(groups * m);
    heap.f64(sums, groups * m).fill(0);
    for (let from = 0; from < x.rows; from += BLOCK) {
      const to = Math.min(x.rows, from + BLOCK);
      const records = x.data.subarray(from * x.cols, to * x.cols);
      checkFinite(fn, records, from, x.cols);
      const features = mapBlock(records);
      for (let i = from; i < to; i++) {
        exports.addTruncated!(
          features + 8 * (i - from) * m,
          FEATURE_GRID,
          m,
          sums + 8 * groupOf(i) * m,
        );
      }
      await rest((to - from) * m * (x.cols + 16));
    }
    return Array.from({ length: groups }, (_, g) => heap.f64(sums + 8 * g * m, m).slice());
  });
}

function checkFinite(fn: string, records: Float64Array, row: number, cols: number): void {
  for (let at = 0; at < records.length; at++) {
    if (!Number.isFinite(records[at])) {
      throw domainError(
        `${fn}: x must be finite, got ${records[at]} at row ${row + Math.floor(at / cols)}`,
      );
    }
  }
}
