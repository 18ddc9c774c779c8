import { type Matrix, matrix, numericError, squaredDistances } from "@daily-kernel/compute";
import { type Steps, step } from "./steps.ts";

/** Up to this many dimensions the sum of squares itself is as fast as a matrix product. */
const DIRECT = 4;

/**
 * sum_k weights_k (x_ik - z_jk)^2: m x n for x of m x d and z of n x d, exactly symmetric with a
 * zero diagonal if x and z are one object.
 */
export function* scaledDistances(
  fn: string,
  x: Matrix,
  z: Matrix,
  weights: Float64Array,
): Steps<Matrix> {
  if (x.cols <= DIRECT) return direct(fn, x, z, weights);
  // About the first point: what the points have in common must not cost the differences digits.
  const centre = z.data.slice(0, z.cols);
  const left = scaled(fn, x, centre, weights);
  const right = z === x ? left : scaled(fn, z, centre, weights);
  return yield* step((o) => (o ? squaredDistances(left, right, o) : squaredDistances(left, right)));
}

function scaled(fn: string, x: Matrix, centre: Float64Array, weights: Float64Array): Matrix {
  const roots = weights.map(Math.sqrt);
  const out = matrix(x.rows, x.cols);
  for (let i = 0, at = 0; i < x.rows; i++) {
    for (let k = 0; k < x.cols; k++, at++) {
      const value = (x.data[at]! - centre[k]!) * roots[k]!;
      if (value - value !== 0) throw overflow(fn);
      out.data[at] = value;
    }
  }
  return out;
}

function direct(fn: string, x: Matrix, z: Matrix, weights: Float64Array): Matrix {
  const [m, n, d] = [x.rows, z.rows, x.cols];
  const out = matrix(m, n);
  for (let i = 0; i < m; i++) {
    for (let j = x === z ? i + 1 : 0; j < n; j++) {
      let q = 0;
      for (let k = 0; k < d; k++) {
        const t = x.data[i * d + k]! - z.data[j * d + k]!;
        q += weights[k]! * t * t;
      }
      if (q === Number.POSITIVE_INFINITY) throw overflow(fn);
      out.data[i * n + j] = q;
      if (x === z) out.data[j * n + i] = q;
    }
  }
  return out;
}

const overflow = (fn: string) =>
  numericError(`${fn}: a squared distance over a lengthscale overflows; scale x and z down`);
