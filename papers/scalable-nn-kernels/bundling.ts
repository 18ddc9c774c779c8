import { type Matrix, matmul, matrix, type Rng } from "@daily-kernel/compute";
import {
  type KernelLayer,
  KernelLayer as Layer,
  UniversalRandomFeatures,
} from "@daily-kernel/kernels";

/** A kernel layer and the dense one after it, as one. */
export type Collapse = (
  layer: KernelLayer,
  w: Matrix,
  b: Float64Array,
) => Pick<KernelLayer, "apply">;

const normal = (rng: Rng, rows: number, cols: number, scale: number): Matrix =>
  matrix(
    rows,
    cols,
    rng.fillNormal(new Float64Array(rows * cols)).map((v) => scale * v),
  );

/** The largest difference between one layer and two, relative to the largest output. */
export function bundlingError(collapse: Collapse, rng: Rng): { value: number; n: number } {
  const [d, hidden, out, points] = [12, 40, 7, 200];
  let value = 0;
  for (const activation of ["cos", "sin", "gaussian"] as const) {
    const features = new UniversalRandomFeatures({
      ...{ activation, dimension: d, features: 64, seed: rng.integer(2 ** 31) },
    });
    const biases = (n: number) => rng.fillNormal(new Float64Array(n));
    const layer = Layer.fromDense(features, normal(rng, hidden, d, 0.2), biases(hidden));
    const [w, b] = [normal(rng, out, hidden, 0.2), biases(out)];
    const x = normal(rng, points, d, 0.1);
    const one = collapse(layer, w, b).apply(x).data;
    const two = matmul(layer.apply(x), w, { transposeB: true }).data.map((v, k) => v + b[k % out]!);
    const largest = two.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
    for (const [k, v] of two.entries()) {
      value = Math.max(value, Math.abs(one[k]! - v) / largest);
    }
  }
  return { value, n: 3 * points * out };
}
