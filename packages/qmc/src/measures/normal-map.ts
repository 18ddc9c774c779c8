import { type Matrix, matmul, matrix } from "@daily-kernel/compute";
import { normalQuantiles } from "./normal-quantiles.ts";

/** Coordinate j is mean_j + scale_j z_(source_j), or row j of mean + A z. */
export type Factor = { scale: Float64Array; source: Uint32Array } | { a: Matrix };

/** Rows that are transformed at a time. */
const BLOCK = 4096;
/** Up to here plain loops beat a call of the matrix product. */
const SMALL = 8;

/** n rows u of the unit cube as mean + A quantiles(u). */
export function mapNormal(
  factor: Factor,
  mean: Float64Array,
  u: Float64Array,
  n: number,
  out: Float64Array,
): void {
  const d = mean.length;
  const z = new Float64Array(Math.min(n, BLOCK) * d);
  for (let start = 0; start < n; start += BLOCK) {
    const [from, to] = [start * d, Math.min(n, start + BLOCK) * d];
    const block = z.subarray(0, to - from);
    normalQuantiles(u.subarray(from, to), block);
    apply(factor, mean, block, out.subarray(from, to));
  }
}

function apply(factor: Factor, mean: Float64Array, z: Float64Array, out: Float64Array): void {
  const d = mean.length;
  const n = z.length / d;
  if ("scale" in factor) {
    const { scale, source } = factor;
    for (let i = 0, k = 0; i < n; i++) {
      for (let j = 0; j < d; j++, k++) out[k] = mean[j]! + scale[j]! * z[i * d + source[j]!]!;
    }
    return;
  }
  if (d > SMALL) {
    const product = matmul(matrix(n, d, z), factor.a, { transposeB: true }).data;
    for (let i = 0, k = 0; i < n; i++) {
      for (let j = 0; j < d; j++, k++) out[k] = mean[j]! + product[k]!;
    }
    return;
  }
  const a = factor.a.data;
  for (let i = 0, k = 0; i < n; i++) {
    for (let j = 0; j < d; j++, k++) {
      let sum = 0;
      for (let l = 0; l < d; l++) sum += a[j * d + l]! * z[i * d + l]!;
      out[k] = mean[j]! + sum;
    }
  }
}
