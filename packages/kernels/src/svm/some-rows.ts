import type { GramRows } from "../gram-operators/gram-operator.ts";

/** The matrix of some of the points alone. */
export function someRows(rows: GramRows, indices: readonly number[]): GramRows {
  if (indices.length === rows.n) return rows;
  const pick = (all: Float64Array) => Float64Array.from(indices, (i) => all[i]!);
  const cache = new Map<number, Float64Array>();
  const most = Math.max(2, Math.floor(2 ** 24 / indices.length));
  return {
    n: indices.length,
    diagonal: () => pick(rows.diagonal()),
    row(i) {
      const known = cache.get(i);
      if (known) return known;
      if (cache.size >= most) cache.clear();
      const row = pick(rows.row(indices[i]!));
      cache.set(i, row);
      return row;
    },
  };
}
