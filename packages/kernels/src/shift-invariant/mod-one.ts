import { type Matrix, matrix } from "@daily-kernel/compute";
import { checkPoints, checkPointsShape } from "../standard/check-points.ts";

/**
 * Checked points modulo 1, in (-1, 1) with the sign of the coordinate, exactly: what a difference of
 * far coordinates would round away is none of a periodic kernel's. Points that lie there are finite
 * and not copied.
 */
export function pointsModOne(fn: string, name: string, points: Matrix, dimension: number): Matrix {
  checkPointsShape(fn, name, points, dimension);
  const { data, rows, cols } = points;
  let inside = true;
  for (let i = 0; i < data.length && inside; i++) inside = data[i]! > -1 && data[i]! < 1;
  if (inside) return points;
  checkPoints(fn, name, points, dimension);
  return matrix(
    rows,
    cols,
    data.map((v) => v - Math.trunc(v)),
  );
}
