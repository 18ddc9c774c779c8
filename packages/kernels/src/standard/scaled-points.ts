import { type Matrix, matrix, numericError } from "@daily-kernel/compute";

/** Coordinates up to this have a squared distance that does not overflow. */
const LARGEST = 1e150;

/**
 * The points about z's first one, each coordinate by the root of its weight: their plain squared
 * distances are sum_k weights_k (x_ik - z_jk)^2. About a point of theirs, since what the points have
 * in common must not cost the differences digits. One object gives one object.
 *
 * @throws Error `ERR_NUMERIC` if a squared distance could overflow.
 */
export function scaledPoints(
  fn: string,
  x: Matrix,
  z: Matrix,
  weights: Float64Array,
): [x: Matrix, z: Matrix] {
  const centre = z.rows > 0 ? z.data.slice(0, z.cols) : new Float64Array(z.cols);
  const roots = weights.map(Math.sqrt);
  const scaled = (points: Matrix): Matrix => {
    const out = matrix(points.rows, points.cols);
    for (let i = 0, at = 0; i < points.rows; i++) {
      for (let k = 0; k < points.cols; k++, at++) {
        const value = (points.data[at]! - centre[k]!) * roots[k]!;
        if (!(Math.abs(value) < LARGEST)) {
          throw numericError(
            `${fn}: a squared distance over a lengthscale overflows; scale x and z down`,
          );
        }
        out.data[at] = value;
      }
    }
    return out;
  };
  const left = scaled(z);
  return [x === z ? left : scaled(x), left];
}
