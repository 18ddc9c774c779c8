import { type Matrix, matrix, Rng } from "@daily-kernel/compute";

// Points for tests; the package of sequences stands above this one.

/** The lowest m bits of i in reverse, as a fraction. */
const radicalInverse = (i: number): number => {
  let [out, scale] = [0, 0.5];
  for (; i > 0; i = Math.floor(i / 2), scale /= 2) out += (i % 2) * scale;
  return out;
};

const GENERATOR = [1, 182667, 469891, 498753];

/** Points `from` to `to` of a shifted rank-1 lattice in natural order. */
export function lattice(d: number, from: number, to: number, seed = 1): Matrix {
  const shift = new Rng(seed).fillUniform(new Float64Array(d));
  const points = matrix(to - from, d);
  for (let i = from; i < to; i++) {
    for (let j = 0; j < d; j++) {
      points.data[(i - from) * d + j] = (((radicalInverse(i) * GENERATOR[j]!) % 1) + shift[j]!) % 1;
    }
  }
  return points;
}

/** Points of a net with random (lower triangular times upper triangular) matrices and a shift. */
export function net(d: number, from: number, to: number, seed = 1): Matrix {
  const rng = new Rng(seed);
  const points = matrix(to - from, d);
  for (let j = 0; j < d; j++) {
    // Column k has its leading digit at k or later, the first one filled: some 53-digit net.
    const columns = Array.from({ length: 24 }, (_, k) => {
      const below = BigInt(rng.uint32()) * 2n ** 21n + BigInt(rng.uint32() >>> 11);
      return ((2n ** 53n) | below) >> BigInt(j === 0 ? k + 1 : 1 + ((k * (j + 1)) % 24));
    });
    const shift = BigInt(rng.uint32()) * 2n ** 21n;
    for (let i = from; i < to; i++) {
      let word = shift;
      for (let k = 0; k < 24; k++) if ((i >> k) & 1) word ^= columns[k]!;
      points.data[(i - from) * d + j] = Number(word) * 2 ** -53;
    }
  }
  return points;
}

export { radicalInverse };
