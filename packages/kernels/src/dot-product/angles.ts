import { domainError, type Matrix, matrix, squaredDistances } from "@daily-kernel/compute";

/** From here on (in s = |x/|x| - z/|z||^2, at most 4) the angle is measured from the other side. */
const OBTUSE = 3;

/**
 * The angles between the rows of x and of z, each with one more coordinate `last`: 2 asin(|p - q| / 2) of
 * the unit vectors p and q, and pi minus that of p and -q for obtuse ones, so that small angles, and
 * those near pi, keep their digits. A zero vector is at a right angle to all, or `ERR_DOMAIN` if
 * `strict`.
 */
export function anglesBetween(
  fn: string,
  x: Matrix,
  z: Matrix,
  last: number,
  strict: boolean,
): Matrix {
  const right = unit(fn, "z", z, last, strict);
  const left = x === z ? right : unit(fn, "x", x, last, strict);
  const out = squaredDistances(left, right);
  const d = left.cols;
  for (let i = 0, at = 0; i < x.rows; i++) {
    for (let j = 0; j < z.rows; j++, at++) {
      const s = out.data[at]!;
      if (s < OBTUSE) {
        out.data[at] = 2 * Math.asin(Math.sqrt(s) / 2);
        continue;
      }
      let other = 0;
      for (let k = 0; k < d; k++) other += (left.data[i * d + k]! + right.data[j * d + k]!) ** 2;
      out.data[at] = Math.PI - 2 * Math.asin(Math.min(1, Math.sqrt(other) / 2));
    }
  }
  return out;
}

/** Rows of length 1, one coordinate longer. */
function unit(
  fn: string,
  name: string,
  { data, rows, cols }: Matrix,
  last: number,
  strict: boolean,
): Matrix {
  const out = matrix(rows, cols + 1);
  for (let i = 0; i < rows; i++) {
    const row = out.data.subarray(i * (cols + 1), (i + 1) * (cols + 1));
    row.set(data.subarray(i * cols, (i + 1) * cols));
    row[cols] = last;
    const length = Math.hypot(...row);
    if (length === 0) {
      if (strict) {
        throw domainError(
          `${fn}: ${name} must have no row of zeros without a bias, got one at row ${i}`,
        );
      }
      continue;
    }
    for (let k = 0; k <= cols; k++) row[k]! /= length;
  }
  return out;
}
