import { Fft } from "./fft.ts";

/** Lengths up to which the sums are done directly. */
const DIRECT = 8;

/**
 * y(a) = sum over i < m of q(i) w(i + a), where w(k + m) = -w(k), for a fixed w of length m = 2^k and
 * every a < m. The polynomials are multiplied modulo X^(m/2) - i, which a twist by the m-th roots
 * of i turns into one complex transform of half the length. O(m log m).
 */
export class NegacyclicCorrelator {
  readonly #w: Float64Array;
  readonly #half: number;
  readonly #fft: Fft | undefined;
  readonly #cos!: Float64Array;
  readonly #sin!: Float64Array;
  readonly #re!: Float64Array;
  readonly #im!: Float64Array;
  readonly #specRe!: Float64Array;
  readonly #specIm!: Float64Array;

  constructor(w: Float64Array) {
    const m = w.length;
    const half = m >> 1;
    this.#w = w;
    this.#half = half;
    if (m <= DIRECT) return;
    this.#fft = new Fft(half);
    this.#cos = Float64Array.from({ length: half }, (_, k) => Math.cos((Math.PI * k) / m));
    this.#sin = Float64Array.from({ length: half }, (_, k) => Math.sin((Math.PI * k) / m));
    this.#re = new Float64Array(half);
    this.#im = new Float64Array(half);
    this.#twist(w);
    this.#specRe = this.#re.map((x) => x / half);
    this.#specIm = this.#im.map((x) => x / half);
  }

  /** Into `out`, which may be `q`. */
  correlate(q: Float64Array, out: Float64Array): void {
    if (this.#fft === undefined) {
      direct(q, this.#w, out);
      return;
    }
    this.#twist(q);
    const re = this.#re;
    const im = this.#im;
    const wr = this.#specRe;
    const wi = this.#specIm;
    const half = this.#half;
    for (let k = 0; k < half; k++) {
      const x = re[k]!;
      const y = im[k]!;
      re[k] = wr[k]! * x + wi[k]! * y;
      im[k] = wi[k]! * x - wr[k]! * y;
    }
    this.#fft.inverse(re, im);
    const cos = this.#cos;
    const sin = this.#sin;
    for (let k = 0; k < half; k++) {
      out[k] = re[k]! * cos[k]! + im[k]! * sin[k]!;
      out[k + half] = im[k]! * cos[k]! - re[k]! * sin[k]!;
    }
  }

  /** The spectrum of x, into the two scratch arrays. */
  #twist(x: Float64Array): void {
    const half = this.#half;
    const cos = this.#cos;
    const sin = this.#sin;
    for (let k = 0; k < half; k++) {
      const lower = x[k]!;
      const upper = x[k + half]!;
      this.#re[k] = lower * cos[k]! - upper * sin[k]!;
      this.#im[k] = lower * sin[k]! + upper * cos[k]!;
    }
    this.#fft!.forward(this.#re, this.#im);
  }
}

function direct(q: Float64Array, w: Float64Array, out: Float64Array): void {
  const m = w.length;
  const sums = new Float64Array(m);
  for (let a = 0; a < m; a++) {
    let sum = 0;
    for (let i = 0; i < m; i++) sum += q[i]! * (i + a < m ? w[i + a]! : -w[i + a - m]!);
    sums[a] = sum;
  }
  out.set(sums);
}
