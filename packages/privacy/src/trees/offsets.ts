import { OFFSET_GRID, type Tree } from "./dyadic-tree.ts";

/**
 * Adds to `out` [sum of |x - place| in leaves over the records of all leaves but place's own, sum of the
 * squared weights of the counts used, the same of the offsets used]. A node on one side of the place
 * contributes its distance from it times its count, and its sum of offsets with the sign of the side.
 * O(L) nodes.
 */
export function sumOffsets(counts: Tree, offsets: Tree, place: number, out: Float64Array): void {
  const leaves = counts.length / 2;
  const own = Math.min(leaves - 1, Math.floor(place));
  for (const side of [-1, 1]) {
    let low = leaves + (side < 0 ? 0 : own + 1);
    let high = leaves + (side < 0 ? own : leaves);
    let width = 1;
    const add = (node: number) => {
      const middle = (node - leaves / width + 0.5) * width;
      const distance = side * (middle - place);
      const part = width / OFFSET_GRID;
      out[0]! += distance * counts[node]! + side * part * offsets[node]!;
      out[1]! += distance * distance;
      out[2]! += part * part;
    };
    while (low < high) {
      if ((low & 1) === 1) add(low++);
      if ((high & 1) === 1) add(--high);
      low >>>= 1;
      high >>>= 1;
      width *= 2;
    }
  }
}
