/**
 * Elementary functions for random variates from IEEE `+ - * /` alone. The results of `Math.log`,
 * `Math.sin` and their like differ between engines; these are the same bits everywhere.
 */
/** ln 2 in two parts; the first has 33 significant bits, so its product with an exponent is exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const TAU = 2 * Math.PI;

const bits = new DataView(new ArrayBuffer(8));

/** 2^k for -1022 <= k <= 1023. */
function powerOfTwo(k: number): number {
  bits.setUint32(0, (k + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}

/** Natural logarithm of a positive normal number, within 1 ulp. */
export function log(x: number): number {
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  let k = (high >>> 20) - 1023;
  bits.setUint32(0, (high & 0xfffff) | 0x3ff00000);
  let m = bits.getFloat64(0); // x = 2^k m, 1 <= m < 2
  if (m > Math.SQRT2) {
    m *= 0.5;
    k++;
  }
  // log(1 + f) = 2 atanh(s) with s = f / (2 + f); since 2s = f - s f, the leading f stays exact
  const f = m - 1;
  const s = f / (2 + f);
  const z = s * s;
  let r = 2 / 21;
  r = r * z + 2 / 19;
  r = r * z + 2 / 17;
  r = r * z + 2 / 15;
  r = r * z + 2 / 13;
  r = r * z + 2 / 11;
  r = r * z + 2 / 9;
  r = r * z + 2 / 7;
  r = r * z + 2 / 5;
  r = r * z + 2 / 3;
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + r * z) + k * LN2_LOW) - f);
}

/** exp(x) for x <= 0, within 2 ulp where the result is normal; underflows to 0. */
export function expNegative(x: number): number {
  if (x < -746) return 0;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let p = 1 / 87178291200;
  p = p * r + 1 / 6227020800;
  p = p * r + 1 / 479001600;
  p = p * r + 1 / 39916800;
  p = p * r + 1 / 3628800;
  p = p * r + 1 / 362880;
  p = p * r + 1 / 40320;
  p = p * r + 1 / 5040;
  p = p * r + 1 / 720;
  p = p * r + 1 / 120;
  p = p * r + 1 / 24;
  p = p * r + 1 / 6;
  p = p * r + 1 / 2;
  p = p * r * r + r + 1;
  // In two factors: 2^k itself may be below the smallest normal number.
  const half = k >> 1;
  return p * powerOfTwo(half) * powerOfTwo(k - half);
}

/**
 * `out[0] = cos(2 pi turns)` and `out[1] = sin(2 pi turns)` for turns in [0, 1), within 2 ulp.
 * The reduction to an eighth of a turn is exact.
 */
export function cosSinTurns(turns: number, out: Float64Array): void {
  const quarter = Math.floor(4 * turns + 0.5);
  const x = (turns - 0.25 * quarter) * TAU;
  const z = x * x;
  let s = 1 / 355687428096000;
  s = s * z - 1 / 1307674368000;
  s = s * z + 1 / 6227020800;
  s = s * z - 1 / 39916800;
  s = s * z + 1 / 362880;
  s = s * z - 1 / 5040;
  s = s * z + 1 / 120;
  s = s * z - 1 / 6;
  const sin = x + x * z * s;
  let c = 1 / 20922789888000;
  c = c * z - 1 / 87178291200;
  c = c * z + 1 / 479001600;
  c = c * z - 1 / 3628800;
  c = c * z + 1 / 40320;
  c = c * z - 1 / 720;
  c = c * z + 1 / 24;
  const half = 0.5 * z;
  const w = 1 - half;
  const cos = w + (1 - w - half + z * z * c); // 1 - w - half is what rounding w lost
  const odd = (quarter & 1) === 1;
  out[0] = (quarter === 1 || quarter === 2 ? -1 : 1) * (odd ? sin : cos);
  out[1] = (quarter === 2 || quarter === 3 ? -1 : 1) * (odd ? cos : sin);
}
