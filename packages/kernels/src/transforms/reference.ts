import { unitaryScale } from "./batch.ts";
import type { ComplexArray } from "./complex.ts";

/** The scalar Walsh-Hadamard transform: strides from n / 2 down to 1, then the scaling. */
export function fwhtReference(y: Float64Array): Float64Array {
  const x = y.slice();
  for (let h = x.length / 2; h >= 1; h /= 2) {
    for (let i = 0; i < x.length; i++) {
      if (i & h) continue;
      const [a, b] = [x[i]!, x[i + h]!];
      x[i] = a + b;
      x[i + h] = a - b;
    }
  }
  const scale = unitaryScale(Math.log2(x.length));
  return x.map((v) => v * scale);
}

/** The scalar radix-2 transform from bit-reversed to natural order. */
export function fftbrReference({ re, im }: ComplexArray): ComplexArray {
  const n = re.length;
  const out = { re: re.slice(), im: im.slice() };
  for (let h = 1; h < n; h *= 2) {
    for (let i = 0; i < n; i++) {
      if (i & h) continue;
      const angle = (-Math.PI * (i % h)) / h;
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      const [ar, ai, br, bi] = [out.re[i]!, out.im[i]!, out.re[i + h]!, out.im[i + h]!];
      const [tr, ti] = [c * br - s * bi, c * bi + s * br];
      out.re[i] = ar + tr;
      out.im[i] = ai + ti;
      out.re[i + h] = ar - tr;
      out.im[i + h] = ai - ti;
    }
  }
  const scale = unitaryScale(Math.log2(n));
  return { re: out.re.map((v) => v * scale), im: out.im.map((v) => v * scale) };
}
