import type { Rng } from "@daily-kernel/compute";
import type { BinnedColumns } from "./bins.ts";

/** A regression tree in arrays: an inner node sends x[feature] <= threshold to the left. */
export interface Tree {
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** Mean of the targets of a node's rows. */
  readonly value: readonly number[];
}

export interface TreeOptions {
  readonly minLeaf: number;
  /** Features that a split looks at, drawn anew for each. */
  readonly tried: number;
}

/**
 * A regression tree (Breiman et al. 1984) on the given rows, repetitions allowed: the splits that
 * lessen the squared error most, until leaves are small or pure. O(rows * tried * depth).
 */
export function growTree(
  { codes, edges }: BinnedColumns,
  y: Float64Array,
  rows: Int32Array,
  { minLeaf, tried }: TreeOptions,
  rng: Rng,
): Tree {
  const tree = {
    feature: [] as number[],
    threshold: [] as number[],
    left: [] as number[],
    right: [] as number[],
    value: [] as number[],
  };
  const names = Int32Array.from(codes, (_, i) => i);
  const counts = new Int32Array(256);
  const sums = new Float64Array(256);
  /** The best place to part `mine` by one feature: the code of the last bin to the left. */
  const bestSplit = (feature: number, mine: Int32Array, total: number) => {
    const column = codes[feature]!;
    const bins = edges[feature]!.length + 1;
    counts.fill(0, 0, bins);
    sums.fill(0, 0, bins);
    for (const r of mine) {
      counts[column[r]!]!++;
      sums[column[r]!]! += y[r]!;
    }
    let best = { gain: 0, code: -1 };
    const n = mine.length;
    for (let code = 0, count = 0, sum = 0; code + 1 < bins; code++) {
      count += counts[code]!;
      sum += sums[code]!;
      if (counts[code] === 0 || count < minLeaf || n - count < minLeaf) continue;
      const gain = sum ** 2 / count + (total - sum) ** 2 / (n - count) - total ** 2 / n;
      if (gain > best.gain) best = { gain, code };
    }
    return best;
  };
  const grow = (mine: Int32Array): number => {
    const node = tree.value.length;
    let total = 0;
    for (const r of mine) total += y[r]!;
    tree.value.push(total / mine.length);
    for (const list of [tree.feature, tree.threshold, tree.left, tree.right]) list.push(-1);
    if (mine.length < 2 * minLeaf || mine.every((r) => y[r] === y[mine[0]!])) return node;
    let best = { gain: 1e-12, code: -1, feature: -1 };
    for (let k = 0; k < tried; k++) {
      const at = k + rng.integer(names.length - k);
      [names[k], names[at]] = [names[at]!, names[k]!];
      const feature = names[k]!;
      const split = bestSplit(feature, mine, total);
      if (split.gain > best.gain) best = { ...split, feature };
    }
    const { feature, code } = best;
    if (feature < 0) return node;
    const column = codes[feature]!;
    tree.feature[node] = feature;
    tree.threshold[node] = edges[feature]![code]!;
    tree.left[node] = grow(mine.filter((r) => column[r]! <= code));
    tree.right[node] = grow(mine.filter((r) => column[r]! > code));
    return node;
  };
  grow(rows);
  return tree;
}

export function predictTree(tree: Tree, x: ArrayLike<number>): number {
  let node = 0;
  for (let feature = tree.feature[0]!; feature >= 0; feature = tree.feature[node]!) {
    node = x[feature]! <= tree.threshold[node]! ? tree.left[node]! : tree.right[node]!;
  }
  return tree.value[node]!;
}
