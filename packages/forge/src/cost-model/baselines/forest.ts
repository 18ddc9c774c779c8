import type { Rng } from "@daily-kernel/compute";
import { binColumns } from "./bins.ts";
import { growTree, predictTree, type Tree } from "./tree.ts";

/**
 * A random forest for regression (Breiman 2001): bootstrap rows, a third of the features a split,
 * leaves of five rows.
 */
export function trainForest(
  x: readonly ArrayLike<number>[],
  y: Float64Array,
  rng: Rng,
  { trees = 100, minLeaf = 5 }: { trees?: number; minLeaf?: number } = {},
): (features: ArrayLike<number>) => number {
  const columns = binColumns(x);
  const tried = Math.max(1, Math.ceil(columns.codes.length / 3));
  const forest: Tree[] = Array.from({ length: trees }, (_, t) => {
    const own = rng.spawn(t);
    const rows = Int32Array.from(x, () => own.integer(x.length));
    return growTree(columns, y, rows, { minLeaf, tried }, own);
  });
  return (features) => forest.reduce((sum, tree) => sum + predictTree(tree, features), 0) / trees;
}
