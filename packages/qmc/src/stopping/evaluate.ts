import type { Integrand, UnitCubeOptions } from "../integrands/integrand.ts";

/** Points a call of the integrand: enough to be fast, few enough for memory and cancelling. */
const CHUNK = 2 ** 14;
/** Milliseconds of work between two pauses that let the event loop run. */
const PATIENCE = 40;

/**
 * The integrand at points nMin..nMax-1 of its sequence, chunk by chunk, so that it can be cancelled:
 * outputs of replication r, point i at `[(r n + i) * outputs]`, n = nMax - nMin, nMin a multiple of n
 * or 0.
 */
export async function evaluate(
  integrand: Integrand,
  nMin: number,
  nMax: number,
  options: UnitCubeOptions = {},
): Promise<Float64Array> {
  const { sequence, outputs } = integrand;
  const { replications } = sequence;
  const n = nMax - nMin;
  const values = new Float64Array(replications * n * outputs);
  const chunk = Math.min(n, Math.max(1, CHUNK / 2 ** Math.ceil(Math.log2(replications))));
  let pause = performance.now() + PATIENCE;
  for (let start = 0; start < n; start += chunk) {
    options.signal?.throwIfAborted();
    const count = Math.min(chunk, n - start);
    const points = sequence.points({ nMin: nMin + start, nMax: nMin + start + count });
    const block = await integrand.f(points.data, replications * count, options);
    for (let r = 0; r < replications; r++) {
      const part = block.subarray(r * count * outputs, (r + 1) * count * outputs);
      values.set(part, (r * n + start) * outputs);
    }
    if (performance.now() > pause) {
      await new Promise<void>((resume) => setTimeout(resume));
      pause = performance.now() + PATIENCE;
    }
  }
  return values;
}
