import { type Matrix, transpose } from "@daily-kernel/compute";
import { checkArray, checkCount, checkPoints } from "../check.ts";
import { removeDirection, squaredLength } from "./remove-direction.ts";

/** |A - P A|_F^2 with P the projection on the span of the given columns; O(d n k). */
export function columnError(a: Matrix, columns: ArrayLike<number>): number {
  checkPoints("columnError", "a", a);
  checkArray("columnError", "columns", columns);
  const { data, rows: n, cols: d } = transpose(a);
  const whole = Array.from({ length: n }, (_, j) => squaredLength(data, j, d));
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i];
    checkCount("columnError", `columns[${i}]`, column, 0, n - 1);
    // What is left of a column in the span of those before it is rounding error, no direction.
    if (squaredLength(data, column, d) <= 1e-26 * whole[column]!) continue;
    removeDirection(data, column, n, d);
  }
  return data.reduce((sum, x) => sum + x * x, 0);
}
