/**
 * Standard normal quantiles from IEEE `+ - * / sqrt` alone, so that their bits are the same on every
 * machine and in every engine (`Math.log` differs).
 */

/** ln 2 in two parts; the product of the first with an exponent is exact. */
export const LN2_HIGH = 0.6931471803691238;
export const LN2_LOW = 1.9082149292705877e-10;
export const LEAST_NORMAL = 2 ** -1022;
export const SCALE_EXPONENT = 54;

/** 2/21, 2/19, ... 2/3: the series of 2 atanh(s) = 2 s + s z (2/3 + z (2/5 + ...)), z = s^2. */
export const atanhSeries = [21, 19, 17, 15, 13, 11, 9, 7, 5, 3].map((k) => 2 / k);

// Wichura, "The percentage points of the normal distribution", Applied Statistics 37 (1988), algorithm
// AS 241, routine PPND16: 8 coefficients above and 8 below the line, the highest first.
export const centre = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
  1971.5909503065513, 133.14166789178438, 3.3871328727963665, 5226.495278852854, 28729.085735721943,
  39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579, 42.31333070160091, 1,
];
export const middle = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684,
  3.6478483247632045, 5.769497221460691, 4.630337846156546, 1.4234371107496835,
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008,
  0.6897673349851, 1.6763848301838038, 2.053191626637759, 1,
];
export const far = [
  2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124,
  0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
  2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133,
  0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
];
/** The middle and the far approximation are in sqrt(-log p) less these. */
export const MIDDLE_SHIFT = 1.6;
export const FAR_SHIFT = 5;
/** The one in the centre is in this, 0.425^2, less (p - 1/2)^2. */
export const SPLIT = 0.180625;

function rational(coefficients: readonly number[], x: number): number {
  let top = coefficients[0]!;
  let bottom = coefficients[8]!;
  for (let k = 1; k < 8; k++) {
    top = top * x + coefficients[k]!;
    bottom = bottom * x + coefficients[8 + k]!;
  }
  return top / bottom;
}

const bits = new DataView(new ArrayBuffer(8));

/** Natural logarithm of a positive number, within 1 ulp. */
function log(x: number): number {
  const tiny = x < LEAST_NORMAL;
  bits.setFloat64(0, tiny ? x * 2 ** SCALE_EXPONENT : x);
  const high = bits.getUint32(0);
  let k = (high >>> 20) - 1023 - (tiny ? SCALE_EXPONENT : 0);
  bits.setUint32(0, (high & 0xfffff) | 0x3ff00000);
  let m = bits.getFloat64(0); // x = 2^k m, 1 <= m < 2
  if (m > Math.SQRT2) {
    m *= 0.5;
    k++;
  }
  const f = m - 1;
  const s = f / (2 + f);
  const z = s * s;
  let r = atanhSeries[0]!;
  for (let i = 1; i < 10; i++) r = r * z + atanhSeries[i]!;
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + r * z) + k * LN2_LOW) - f);
}

/** The x at which the standard normal distribution function is p, 0 <= p <= 1; within 4 ulp. */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * rational(centre, SPLIT - q * q);
  const smaller = q < 0 ? p : 1 - p;
  if (smaller === 0) return q < 0 ? -Infinity : Infinity;
  const r = Math.sqrt(-log(smaller));
  const x = r > FAR_SHIFT ? rational(far, r - FAR_SHIFT) : rational(middle, r - MIDDLE_SHIFT);
  return q < 0 ? -x : x;
}
