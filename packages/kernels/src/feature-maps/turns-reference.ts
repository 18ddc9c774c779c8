// Cosine and sine of turns in whole-number arithmetic, for the tests: what the kernels' doubles should be.

const BITS = 220n;
const ONE = 1n << BITS;

/** arctan(1 / n). */
function arctanInverse(n: bigint): bigint {
  let [sum, power, k] = [0n, ONE / n, 1n];
  for (; power !== 0n; k += 2n) {
    sum += k % 4n === 1n ? power / k : -power / k;
    power /= n * n;
  }
  return sum;
}

/** Machin's formula. */
const PI = 4n * (4n * arctanInverse(5n) - arctanInverse(239n));

/** cos(2 pi t) and sin(2 pi t), rounded to doubles, for t of 2^-140 at least in size, or 0. */
export function wave(t: number): { cos: number; sin: number } {
  const r = t - Math.round(t);
  const x = ((BigInt(r * 2 ** 200) << (BITS - 200n)) * 2n * PI) >> BITS;
  const sums = [0n, 0n];
  let term = ONE;
  for (let k = 0n; term !== 0n && term !== -1n; k++) {
    sums[Number(k % 2n)]! += k % 4n < 2n ? term : -term;
    term = ((term * x) >> BITS) / (k + 1n);
  }
  // What is left of a zero is the last few bits' rounding.
  const [cos, sin] = sums.map((sum) =>
    sum > -4096n && sum < 4096n ? 0 : Number(sum) / 2 ** Number(BITS),
  ) as [number, number];
  return { cos, sin };
}
