/**
 * The derivative of order `orders[j]` in t_j of phi(q), q = sum_j weights[j] t_j^2, as a polynomial
 * in the derivatives of phi: the coefficient of phi^(n)(q) at index n, in `out` (of total order + 1
 * elements). Faa di Bruno's formula for a quadratic:
 *   d^b/dt^b phi = sum_m b! / (m! (b - 2m)!) (2 w t)^(b - 2m) w^m phi^(b - m).
 */
export function radialDerivative(
  orders: ArrayLike<number>,
  weights: Float64Array,
  t: Float64Array,
  out: Float64Array,
): Float64Array {
  out.fill(0);
  out[0] = 1;
  let reached = 0;
  for (let j = 0; j < orders.length; j++) {
    const b = orders[j]!;
    if (b === 0) continue;
    const [w, slope] = [weights[j]!, 2 * weights[j]! * t[j]!];
    // From the top, so that the coefficients still to be read are not written over.
    for (let n = reached; n >= 0; n--) {
      const c = out[n]!;
      out[n] = 0;
      if (c === 0) continue;
      let ways = 1;
      for (let m = 0; 2 * m <= b; m++) {
        out[n + b - m]! += c * ways * slope ** (b - 2 * m) * w ** m;
        ways *= ((b - 2 * m) * (b - 2 * m - 1)) / (m + 1);
      }
    }
    reached += b;
  }
  return out;
}
