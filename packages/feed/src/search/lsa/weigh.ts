/** A text's known words as columns, and their TF-IDF weights, scaled to length 1. */
export interface WeighedText {
  readonly columns: readonly number[];
  readonly values: readonly number[];
}

/** @param columnOf the column of a word, -1 where it has none. */
export function weigh(
  counts: ReadonlyMap<number, number>,
  columnOf: (term: number) => number,
  idf: Float64Array,
): WeighedText {
  const columns: number[] = [];
  const values: number[] = [];
  let square = 0;
  for (const [term, count] of counts) {
    const column = columnOf(term);
    if (column < 0) continue;
    const value = (1 + Math.log(count)) * idf[column]!;
    columns.push(column);
    values.push(value);
    square += value * value;
  }
  const length = Math.sqrt(square);
  return { columns, values: values.map((value) => value / length) };
}
