/**
 * Complex transforms of one length n = 2^k, without reordering: `forward` takes natural order to
 * bit-reversed order (Gentleman and Sande), `inverse` takes it back, unscaled (Cooley and Tukey).
 * What lies between must be done entry by entry. O(n log n), radix 4.
 */
export class Fft {
  readonly n: number;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;

  constructor(n: number) {
    this.n = n;
    this.#cos = new Float64Array(n);
    this.#sin = new Float64Array(n);
    for (let k = 0; k < n; k++) {
      this.#cos[k] = Math.cos((2 * Math.PI * k) / n);
      this.#sin[k] = Math.sin((2 * Math.PI * k) / n);
    }
  }

  forward(re: Float64Array, im: Float64Array): void {
    let length = this.n;
    for (; length >= 4; length >>= 2) this.#forwardPass(re, im, length);
    if (length === 2) pairs(re, im, this.n);
  }

  inverse(re: Float64Array, im: Float64Array): void {
    const odd = (31 - Math.clz32(this.n)) % 2;
    if (odd === 1) pairs(re, im, this.n);
    for (let length = 4 << odd; length <= this.n; length <<= 2) this.#inversePass(re, im, length);
  }

  #forwardPass(re: Float64Array, im: Float64Array, length: number): void {
    const cos = this.#cos;
    const sin = this.#sin;
    const quarter = length >> 2;
    const stride = this.n / length;
    for (let start = 0; start < this.n; start += length) {
      for (let k = 0; k < quarter; k++) {
        const i0 = start + k;
        const i1 = i0 + quarter;
        const i2 = i1 + quarter;
        const i3 = i2 + quarter;
        const ar = re[i0]! + re[i2]!;
        const ai = im[i0]! + im[i2]!;
        const br = re[i0]! - re[i2]!;
        const bi = im[i0]! - im[i2]!;
        const cr = re[i1]! + re[i3]!;
        const ci = im[i1]! + im[i3]!;
        const dr = re[i1]! - re[i3]!;
        const di = im[i1]! - im[i3]!;
        re[i0] = ar + cr;
        im[i0] = ai + ci;
        const t = k * stride;
        rotate(re, im, i1, ar - cr, ai - ci, cos[2 * t]!, -sin[2 * t]!);
        rotate(re, im, i2, br + di, bi - dr, cos[t]!, -sin[t]!);
        rotate(re, im, i3, br - di, bi + dr, cos[3 * t]!, -sin[3 * t]!);
      }
    }
  }

  #inversePass(re: Float64Array, im: Float64Array, length: number): void {
    const cos = this.#cos;
    const sin = this.#sin;
    const quarter = length >> 2;
    const stride = this.n / length;
    for (let start = 0; start < this.n; start += length) {
      for (let k = 0; k < quarter; k++) {
        const i0 = start + k;
        const i1 = i0 + quarter;
        const i2 = i1 + quarter;
        const i3 = i2 + quarter;
        const t = k * stride;
        rotate(re, im, i1, re[i1]!, im[i1]!, cos[2 * t]!, sin[2 * t]!);
        rotate(re, im, i2, re[i2]!, im[i2]!, cos[t]!, sin[t]!);
        rotate(re, im, i3, re[i3]!, im[i3]!, cos[3 * t]!, sin[3 * t]!);
        const ar = re[i0]! + re[i1]!;
        const ai = im[i0]! + im[i1]!;
        const cr = re[i0]! - re[i1]!;
        const ci = im[i0]! - im[i1]!;
        const br = re[i2]! + re[i3]!;
        const bi = im[i2]! + im[i3]!;
        const dr = re[i2]! - re[i3]!;
        const di = im[i2]! - im[i3]!;
        re[i0] = ar + br;
        im[i0] = ai + bi;
        re[i2] = ar - br;
        im[i2] = ai - bi;
        re[i1] = cr - di;
        im[i1] = ci + dr;
        re[i3] = cr + di;
        im[i3] = ci - dr;
      }
    }
  }
}

/** Entry i becomes (x + iy)(c + is). */
function rotate(
  re: Float64Array,
  im: Float64Array,
  i: number,
  x: number,
  y: number,
  c: number,
  s: number,
): void {
  re[i] = x * c - y * s;
  im[i] = x * s + y * c;
}

/** Transforms of length 2 of neighbours; its own inverse up to the factor 2. */
function pairs(re: Float64Array, im: Float64Array, n: number): void {
  for (let i = 0; i < n; i += 2) {
    const xr = re[i]!;
    const xi = im[i]!;
    re[i] = xr + re[i + 1]!;
    im[i] = xi + im[i + 1]!;
    re[i + 1] = xr - re[i + 1]!;
    im[i + 1] = xi - im[i + 1]!;
  }
}
