import { type Matrix, matrix } from "@daily-kernel/compute";

/** In place. */
export function addToDiagonal({ data, rows }: Matrix, value: number): void {
  for (let i = 0; i < rows; i++) data[i * (rows + 1)]! += value;
}

/** Rows from..to-1, a copy. */
export function rowsOf(x: Matrix, from: number, to: number): Matrix {
  return matrix(to - from, x.cols, x.data.slice(from * x.cols, to * x.cols));
}

/** Squared norms of the columns. */
export function columnNorms({ data, rows, cols }: Matrix): Float64Array {
  const norms = new Float64Array(cols);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++, at++) norms[j]! += data[at]! ** 2;
  }
  return norms;
}
