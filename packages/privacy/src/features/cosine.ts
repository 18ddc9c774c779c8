const T = 2 * Math.PI;

/**
 * cos(2 pi turns) within 1e-11, at most 1 + 1e-11: features are cut to parts of 2^-20, so that this is
 * as good as `Math.cos` and several times as fast. 0 for what is no number or infinite. An odd polynomial
 * in the angle to the next zero, at most a quarter of a turn away.
 */
export function cosTurns(turns: number): number {
  const rest = turns - Math.floor(turns + 0.5);
  const x = T * (0.25 - Math.abs(rest));
  const z = x * x;
  let p = -1 / 1307674368000;
  p = p * z + 1 / 6227020800;
  p = p * z - 1 / 39916800;
  p = p * z + 1 / 362880;
  p = p * z - 1 / 5040;
  p = p * z + 1 / 120;
  p = p * z - 1 / 6;
  const cosine = x + x * z * p;
  return cosine - cosine === 0 ? cosine : 0;
}
