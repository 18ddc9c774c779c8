import type { Tree } from "./dyadic-tree.ts";

/** Radii of the shells: 2^L / (1 + alpha)^j in units of a leaf, down to half a leaf. */
export function shellRadii(levels: number, alpha: number): Float64Array {
  const radii: number[] = [];
  for (let r = 2 ** levels; r >= 0.5; r /= 1 + alpha) radii.push(r);
  return Float64Array.from(radii);
}

/**
 * Adds to `out` [sum over the leaves of w_j times the leaf's count, sum of the squared weights of the
 * nodes used], for shells around `place` (in leaves) of weight w_j. A leaf belongs to the smallest shell
 * that holds its middle. A shell is a union of at most 2 L dyadic nodes on either side, found from the
 * leaves up. O(alpha^-1 L^2) nodes.
 */
export function sumShells(
  tree: Tree,
  radii: Float64Array,
  weights: Float64Array,
  place: number,
  out: Float64Array,
): void {
  const leaves = tree.length / 2;
  const last = radii.length - 1;
  let value = 0;
  let squares = 0;
  // Leaves left..right-1 have their middle within the current radius: at least one, since it is >= 1/2.
  let left = 0;
  let right = leaves;
  for (let j = 0; j <= last; j++) {
    const inner = j < last ? radii[j + 1]! : 0;
    const innerLeft = j < last ? Math.max(0, Math.ceil(place - inner - 0.5)) : right;
    const innerRight = j < last ? Math.min(leaves, Math.floor(place + inner - 0.5) + 1) : right;
    let nodes = 0;
    let sum = 0;
    for (let side = 0; side < 2; side++) {
      let low = leaves + (side === 0 ? left : innerRight);
      let high = leaves + (side === 0 ? innerLeft : right);
      while (low < high) {
        if ((low & 1) === 1) {
          sum += tree[low++]!;
          nodes++;
        }
        if ((high & 1) === 1) {
          sum += tree[--high]!;
          nodes++;
        }
        low >>>= 1;
        high >>>= 1;
      }
    }
    const weight = weights[j]!;
    value += weight * sum;
    squares += weight * weight * nodes;
    left = innerLeft;
    right = innerRight;
  }
  out[0]! += value;
  out[1]! += squares;
}
