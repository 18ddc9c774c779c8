import type { Arena } from "@daily-kernel/compute";
import type { DepthwiseShape } from "./depthwise-shape.ts";

/** One kernel, called once with each argument list; the calls do not depend on one another. */
export interface Step {
  fn: "depthwiseInput" | "depthwiseWeight";
  calls: number[][];
}

const roundUp8 = (n: number): number => Math.ceil(n / 8) * 8;

/**
 * What `depthwiseInput` (assembly/depthwise-input.ts) takes after its range of planes, and the bytes
 * of its scratch: for the operation itself, or (`adjoint`, with reversed taps) for its transpose.
 */
export function correlation(
  s: DepthwiseShape,
  adjoint: boolean,
): { sizes: number[]; scratch: number } {
  const [inRows, inCols] = adjoint ? [s.outHeight, s.outWidth] : [s.height, s.width];
  const [spread, step] = adjoint ? [s.stride, 1] : [1, s.stride];
  const width = roundUp8(s.width);
  return {
    sizes: [s.channels, inRows, inCols, spread, s.height, s.width, s.K, step],
    scratch: 4 * (inRows * (width + roundUp8(s.K)) + s.height * width),
  };
}

/** Correlates every plane. */
export function correlateAll(
  arena: Arena,
  addresses: [input: number, weights: number, output: number],
  s: DepthwiseShape,
  adjoint: boolean,
  threads: number,
): Step {
  const { sizes, scratch } = correlation(s, adjoint);
  const calls = chunks(arena, s.batch * s.channels, threads, scratch, (...range) => [
    ...addresses,
    ...range,
    ...sizes,
  ]);
  return { fn: "depthwiseInput", calls };
}

/** Sums the weight gradient of every channel. */
export function weightGradient(
  arena: Arena,
  addresses: [input: number, dy: number, output: number],
  s: DepthwiseShape,
  threads: number,
): Step {
  const width = roundUp8(s.width);
  const taps = roundUp8(s.K);
  const scratch = 8 * s.K * taps + 4 * (s.height * (width + taps) + s.outHeight * width);
  const sizes = [s.batch, s.channels, s.height, s.width, s.K, s.stride];
  const calls = chunks(arena, s.channels, threads, scratch, (...range) => [
    ...addresses,
    ...range,
    ...sizes,
  ]);
  return { fn: "depthwiseWeight", calls };
}

/** Cuts 0..n-1 into ranges, a few for each thread, each with scratch of its own. */
function chunks(
  arena: Arena,
  n: number,
  threads: number,
  bytes: number,
  call: (scratch: number, first: number, last: number) => number[],
): number[][] {
  const count = threads === 1 ? 1 : Math.min(n, 4 * threads);
  const bound = (i: number) => Math.floor((i * n) / count);
  return Array.from({ length: count }, (_, i) => call(arena.alloc(bytes), bound(i), bound(i + 1)));
}
