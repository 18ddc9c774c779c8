import { type Matrix, matrix } from "@daily-kernel/compute";

/**
 * Points modulo 1, in (-1, 1) with the sign of the coordinate, exactly: what a difference of far
 * coordinates would round away is none of a periodic kernel's. Points that lie there are not copied.
 */
export function modOne(points: Matrix): Matrix {
  const { data, rows, cols } = points;
  let inside = true;
  for (let i = 0; i < data.length && inside; i++) inside = Math.abs(data[i]!) < 1;
  if (inside) return points;
  return matrix(
    rows,
    cols,
    data.map((v) => v - Math.trunc(v)),
  );
}
