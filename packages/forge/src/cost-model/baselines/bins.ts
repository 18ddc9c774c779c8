/** Columns of numbers as codes of at most 256 bins: code k of a column ends at its edge k. */
export interface BinnedColumns {
  readonly codes: readonly Uint8Array[];
  readonly edges: readonly Float64Array[];
}

/** A bin for each value where a column has few of them, otherwise bins of as many rows each. */
export function binColumns(rows: readonly ArrayLike<number>[]): BinnedColumns {
  const edges = Array.from(rows[0]!, (_, j) => {
    const sorted = Float64Array.from(rows, (row) => row[j]!).sort();
    const values = [...new Set(sorted)];
    const ends =
      values.length <= 256
        ? values
        : [
            ...new Set(
              Array.from(
                { length: 256 },
                (_, k) => sorted[Math.floor(((k + 1) * (sorted.length - 1)) / 256)]!,
              ),
            ),
          ];
    return Float64Array.from(ends.slice(1), (value, k) => (value + ends[k]!) / 2);
  });
  const codes = edges.map((ends, j) =>
    Uint8Array.from(rows, (row) => {
      let low = 0;
      for (let high = ends.length; low < high; ) {
        const middle = (low + high) >> 1;
        if (row[j]! <= ends[middle]!) high = middle;
        else low = middle + 1;
      }
      return low;
    }),
  );
  return { codes, edges };
}
