import type { ComplexArray } from "../transforms/complex.ts";
import { doubleTransform } from "../transforms/doubling.ts";
import { fftbr, ifftbr } from "../transforms/fftbr.ts";
import { fwht } from "../transforms/fwht.ts";
import type { Structure } from "./structure.ts";

/** The transform that makes Gram matrices diagonal, of real numbers. */
export function transformed(kind: Structure, y: Float64Array): ComplexArray {
  return kind === "lattice" ? fftbr(y) : { re: fwht(y), im: new Float64Array(0) };
}

/** The transform of both halves from those of each; see `doubleTransform`. */
export function doubled(kind: Structure, first: ComplexArray, second: ComplexArray): ComplexArray {
  if (kind === "lattice") return doubleTransform("fftbr", first, second);
  return { re: doubleTransform("fwht", first.re, second.re), im: new Float64Array(0) };
}

/**
 * T^-1 (factors . T y) of the `rows` real vectors of n numbers in `y`, in place. A lattice takes two
 * vectors at once, as real and imaginary parts: a real matrix keeps them apart.
 */
export function multiplySpectrum(
  kind: Structure,
  y: Float64Array,
  { re, im }: ComplexArray,
): Float64Array {
  const n = re.length;
  const rows = y.length / n;
  if (kind === "net") {
    fwht(y, { n, out: y });
    for (let r = 0; r < rows; r++) for (let k = 0; k < n; k++) y[r * n + k]! *= re[k]!;
    return fwht(y, { n, out: y });
  }
  for (let r = 0; r < rows; r += 2) {
    const first = y.subarray(r * n, (r + 1) * n);
    const second = r + 1 < rows ? y.subarray((r + 1) * n, (r + 2) * n) : new Float64Array(n);
    const pair = { re: first, im: second };
    fftbr(pair, { out: pair });
    for (let k = 0; k < n; k++) {
      const [a, b] = [first[k]!, second[k]!];
      first[k] = a * re[k]! - b * im[k]!;
      second[k] = a * im[k]! + b * re[k]!;
    }
    ifftbr(pair, { out: pair });
  }
  return y;
}
