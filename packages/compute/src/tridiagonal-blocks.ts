const EPSILON = 2 ** -53;

/** By index: what its block was multiplied by, and the size at which its coupling counts as zero. */
interface Blocks {
  scales: Float64Array;
  floors: Float64Array;
}

/**
 * Cuts a symmetric tridiagonal matrix (diagonal d, off-diagonal e, both changed) where rounding
 * loses the coupling beside anything on one side of it, and multiplies every block by a power of two
 * that brings its norm near 1. So each block keeps the accuracy of its own norm, however small beside
 * the others, and no square of what matters in it underflows. The floor of a block is a rounding of
 * its norm: a test against neighbours alone never ends where these are rounding noise, as in a
 * matrix of low rank. O(n).
 */
export function splitBlocks(d: Float64Array, e: Float64Array): Blocks {
  const n = d.length;
  let norm = 0; // of the block up to i, then of the block from i + 1 on
  for (let i = 0; i < n - 1; i++) {
    norm = coupled(e, i, Math.max(norm, Math.abs(d[i]!)));
  }
  norm = 0;
  for (let i = n - 2; i >= 0; i--) {
    norm = coupled(e, i, Math.max(norm, Math.abs(d[i + 1]!)));
  }
  const scales = new Float64Array(n);
  const floors = new Float64Array(n);
  for (let from = 0; from < n; ) {
    let to = from;
    norm = Math.abs(d[to]!);
    for (; to < n - 1 && e[to] !== 0; to++) {
      norm = Math.max(norm, Math.abs(e[to]!), Math.abs(d[to + 1]!));
    }
    const scale = norm === 0 ? 1 : 2 ** -Math.max(-1000, Math.floor(Math.log2(norm)));
    for (let i = from; i <= to; i++) {
      d[i]! *= scale;
      e[i]! *= scale;
    }
    scales.fill(scale, from, to + 1);
    floors.fill(EPSILON * norm * scale, from, to + 1);
    from = to + 1;
  }
  return { scales, floors };
}

/** The norm that goes on past e[i]: of the longer block, or of none after a cut. */
function coupled(e: Float64Array, i: number, norm: number): number {
  const off = Math.abs(e[i]!);
  if (off > EPSILON * norm) return Math.max(norm, off);
  e[i] = 0;
  return 0;
}
