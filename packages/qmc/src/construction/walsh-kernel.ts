/**
 * The kernel of a Walsh space in one dimension, the sum over k >= 1 of wal_k(x) 2^(-alpha (a + lag)) with
 * a = floor(log2 k), for x in [0, 1) and alpha > 1. It depends on floor(log2 x) alone: the block of k
 * with the same a sums to 2^a below 2^(-a-1), to -2^a below 2^-a and to 0 above.
 */
export function walshKernel(alpha: number, lag: 0 | 1): (x: number) => number {
  const ratio = 2 ** (1 - alpha);
  const scale = 2 ** (-alpha * lag);
  return (x) => {
    if (x === 0) return scale / (1 - ratio);
    let full = 0;
    let block = 1; // 2^a / 2^(alpha a)
    for (let limit = 0.5; x < limit; limit /= 2) {
      full += block;
      block *= ratio;
    }
    return scale * (full - block);
  };
}
