/**
 * A complete binary tree over 2^L leaves as one array: nodes 2k and 2k + 1 are the children of k, so that
 * a level is contiguous. No query of a distance needs the root, so it is never filled: levels 1 to L
 * only, entries 0 and 1 unused.
 */
export type Tree = Float64Array;

/** The leaf, of 2^levels, in which a place in [0, 1] lies. */
export const leafOf = (place: number, levels: number): number =>
  Math.min(2 ** levels - 1, Math.floor(place * 2 ** levels));

/** Sums the leaves into the nodes above them, the root excepted. */
export function sumUpwards(tree: Tree): void {
  for (let k = tree.length / 2 - 1; k >= 2; k--) tree[k] = tree[2 * k]! + tree[2 * k + 1]!;
}

/** Centred offsets are whole parts of a node's width: a record is at most 2^15 of them from its middle. */
export const OFFSET_GRID = 2 ** 16;

/** Adds a record's offset from the middle of each of its nodes, in whole parts of that node's width. */
export function addOffsets(tree: Tree, place: number, levels: number): void {
  const leaf = leafOf(place, levels);
  for (let level = 1; level <= levels; level++) {
    const node = Math.floor(leaf / 2 ** (levels - level));
    const within = place * 2 ** level - node;
    // Truncation toward the middle: never more than half a width, so the sensitivity is exact.
    tree[2 ** level + node]! += Math.trunc((within - 0.5) * OFFSET_GRID);
  }
}
