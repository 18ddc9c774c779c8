/** A step and the change of gradient along it; `curvature` is their product, positive. */
export interface Pair {
  s: Float64Array;
  y: Float64Array;
  curvature: number;
}

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, v, i) => sum + v * b[i]!, 0);

/** The inverse Hessian that the pairs imply, times a gradient: the two-loop recursion. */
export function inverseHessianTimes(pairs: readonly Pair[], gradient: Float64Array): Float64Array {
  const q = gradient.slice();
  const alphas = new Float64Array(pairs.length);
  for (let k = pairs.length - 1; k >= 0; k--) {
    const { s, y, curvature } = pairs[k]!;
    const alpha = dot(s, q) / curvature;
    alphas[k] = alpha;
    for (let i = 0; i < q.length; i++) q[i]! -= alpha * y[i]!;
  }
  const latest = pairs.at(-1);
  if (latest !== undefined) {
    const scale = latest.curvature / dot(latest.y, latest.y);
    for (let i = 0; i < q.length; i++) q[i]! *= scale;
  }
  for (const [k, { s, y, curvature }] of pairs.entries()) {
    const beta = dot(y, q) / curvature;
    for (let i = 0; i < q.length; i++) q[i]! += (alphas[k]! - beta) * s[i]!;
  }
  return q;
}
