/**
 * Maps of the unit cube to the ordered simplex 0 <= x_1 <= ... <= x_d <= 1 that keep volumes in
 * proportion (Pillards and Cools 2005; Pillards, thesis, 2006, chapter 4), each of one row in place.
 */
export const orderedSimplex = {
  /** x_d = u_d^(1/d), x_i = x_(i+1) u_i^(1/i). */
  root(row: Float64Array): void {
    let above = 1;
    for (let i = row.length - 1; i >= 0; i--) {
      above *= row[i]! ** (1 / (i + 1));
      row[i] = above;
    }
  },

  sort(row: Float64Array): void {
    row.sort();
  },

  /** Sorts within the cells of a grid of two a side, then the whole. */
  origami(row: Float64Array): void {
    const cells = row.map((x) => Math.min(1, Math.floor(2 * x)));
    const inside = row.map((x, j) => 2 * x - cells[j]!).sort();
    for (let j = 0; j < row.length; j++) row[j] = (cells[j]! + inside[j]!) / 2;
    row.sort();
  },

  /**
   * Pushes the cube to the simplex of sum at most 1, by shrinking the gaps between its sorted
   * coordinates, and takes cumulative sums.
   */
  shift(row: Float64Array): void {
    const d = row.length;
    const order = Array.from(row.keys()).sort((i, j) => row[i]! - row[j]! || i - j);
    const sorted = order.map((i) => row[i]!);
    // after the k-th step the gaps up to there are final: gap / (d - k)
    let moved = 0;
    for (const [k, i] of order.entries()) {
      const before = k === 0 ? 0 : sorted[k - 1]!;
      moved += (sorted[k]! - before) / (d - k);
      row[i] = moved;
    }
    for (let j = 1; j < d; j++) row[j]! += row[j - 1]!;
  },

  /** Keeps what is in the simplex and reflects the rest into it; for at most 3 dimensions. */
  mirror(row: Float64Array): void {
    if (row.length === 2 && row[0]! > row[1]!) {
      row[0] = 1 - row[0]!;
      row[1] = 1 - row[1]!;
    }
    if (row.length !== 3) return;
    let [a, b, c] = [row[0]!, row[1]!, row[2]!];
    if (c <= a) [a, b, c] = [1 - a, 1 - b, 1 - c];
    if (c <= b) [b, c] = [1 - b + a, 1 - c + a];
    if (b <= a) [a, b] = [c - a, c - b];
    row.set([a, b, c]);
  },
};

export type OrderedSimplexMap = keyof typeof orderedSimplex;
