import { sequenceKernels } from "../sequences/sequence-kernels.ts";
import * as scalar from "./normal-quantile.ts";

/** Numbers of one round through WebAssembly; they stay in the first-level cache. */
const CHUNK = 2048;
/** Fewer than this are not worth the way. */
const WORTHWHILE = 16;

/** The constants of the kernel, as assembly/normal-quantiles.ts counts them. */
const constants = Float64Array.of(
  0.5,
  1,
  2,
  Math.SQRT2,
  scalar.LN2_HIGH,
  scalar.LN2_LOW,
  scalar.SPLIT,
  scalar.MIDDLE_SHIFT,
  scalar.FAR_SHIFT,
  scalar.LEAST_NORMAL,
  2 ** scalar.SCALE_EXPONENT,
  scalar.SCALE_EXPONENT,
  ...scalar.atanhSeries,
  ...scalar.centre,
  ...scalar.middle,
  ...scalar.far,
);

/**
 * Standard normal quantiles of numbers in [0, 1] in `out`, which may be `u`; infinite at 0 and 1. The
 * bits are those of `normalQuantile`, through WebAssembly SIMD where there is any.
 */
export function normalQuantiles(u: Float64Array, out: Float64Array): Float64Array {
  const kernels = u.length < WORTHWHILE ? null : sequenceKernels();
  if (kernels === null) {
    for (let k = 0; k < u.length; k++) out[k] = scalar.normalQuantile(u[k]!);
    return out;
  }
  const { exports, heap } = kernels;
  heap.scope((arena) => {
    const table = arena.f64(constants);
    const index = arena.i32(CHUNK + 1);
    const address = arena.f64(CHUNK);
    const chunk = heap.f64(address, CHUNK);
    for (let k = 0; k < u.length; k += CHUNK) {
      const part = u.subarray(k, k + CHUNK);
      chunk.set(part);
      const odd = part.length % 2;
      if (odd) chunk[part.length] = 0.5;
      exports.normalQuantiles!(address, part.length + odd, index, table);
      out.set(chunk.subarray(0, part.length), k);
    }
  });
  return out;
}
