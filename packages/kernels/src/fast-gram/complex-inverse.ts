import type { ComplexArray } from "../transforms/complex.ts";

/** 1 / v of every number, without its square, which may leave the range of doubles. */
export function inverse({ re, im }: ComplexArray): ComplexArray {
  const out = { re: new Float64Array(re.length), im: new Float64Array(re.length) };
  for (let k = 0; k < re.length; k++) {
    if (im[k] === 0) {
      out.re[k] = 1 / re[k]!;
      continue;
    }
    const size = Math.max(Math.abs(re[k]!), Math.abs(im[k]!));
    const [a, b] = [re[k]! / size, im[k]! / size];
    const square = a * a + b * b;
    out.re[k] = a / square / size;
    out.im[k] = -b / square / size;
  }
  return out;
}
