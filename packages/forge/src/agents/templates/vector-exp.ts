/**
 * Coefficients, lowest first, of a polynomial for exp on [-ln 2 / 2, ln 2 / 2]: interpolation in the
 * Chebyshev nodes, which is within a small factor of the best of its degree (Trefethen 2013, 16.2).
 */
export function expCoefficients(degree: number): number[] {
  const half = Math.LN2 / 2;
  const nodes = Array.from(
    { length: degree + 1 },
    (_, k) => half * Math.cos(((2 * k + 1) * Math.PI) / (2 * degree + 2)),
  );
  // Newton's divided differences, then the powers multiplied out.
  const differences = nodes.map(Math.exp);
  for (let order = 1; order <= degree; order++)
    for (let k = degree; k >= order; k--)
      differences[k] = (differences[k]! - differences[k - 1]!) / (nodes[k]! - nodes[k - order]!);
  let powers: number[] = [];
  for (let k = degree; k >= 0; k--) {
    const next = new Array<number>(powers.length + 1).fill(0);
    for (const [i, c] of powers.entries()) {
      next[i + 1]! += c;
      next[i]! -= c * nodes[k]!;
    }
    next[0]! += differences[k]!;
    powers = next;
  }
  return powers;
}

/**
 * C++ for exp of a vector of numbers <= 0: x = n ln 2 + r with n found by the rounding of an addition,
 * a polynomial in r, and n added to the exponent; 0 below -87.
 */
export const vectorExp = (degree: number): string => `static inline v vexp(v x) {
  const v magic = 12582912.0f - v{};
  const vi tiny = x < -87.0f;
  const v t = x * 1.44269504f + magic;
  const v n = t - magic;
  const v r = (x - n * 0.693359375f) - n * -2.12194440e-4f;
  v p = ${float(expCoefficients(degree).at(-1)!)} - v{};
${expCoefficients(degree)
  .slice(0, -1)
  .reverse()
  .map((c) => `  p = p * r + ${float(c)};`)
  .join("\n")}
  const vi scaled = (vi)p + (((vi)t - (vi)magic) << 23);
  return (v)(scaled & ~tiny);
}
`;

const float = (x: number): string => `${Math.fround(x).toPrecision(10)}f`;
