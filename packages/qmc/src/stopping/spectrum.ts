import { type ComplexArray, doubleTransform, fftbr, fwht } from "@daily-kernel/kernels";

/** Discrete Fourier or Walsh coefficients of n values, unitary: element 0 is sqrt(n) times the mean. */
export interface Spectrum {
  re: Float64Array;
  /** Absent for Walsh coefficients, which are real. */
  im?: Float64Array;
}

export const sizeOf = ({ re }: Spectrum): number => re.length;

export function magnitude({ re, im }: Spectrum, k: number): number {
  return im ? Math.hypot(re[k]!, im[k]!) : Math.abs(re[k]!);
}

/** a - sum_j beta_j b_j. */
export function subtract(a: Spectrum, b: readonly Spectrum[], beta: ArrayLike<number>): Spectrum {
  const combine = (of: (spectrum: Spectrum) => Float64Array) => {
    const result = of(a).slice();
    b.forEach((spectrum, j) => {
      const part = of(spectrum);
      for (let k = 0; k < result.length; k++) result[k]! -= beta[j]! * part[k]!;
    });
    return result;
  };
  const re = combine((spectrum) => spectrum.re);
  return a.im ? { re, im: combine((spectrum) => spectrum.im!) } : { re };
}

/** The points that a transform belongs to. */
export type TransformKind = "lattice" | "net";

/** Coefficients of values at n points of a lattice (Fourier) or of a net in base 2 (Walsh). */
export function spectrumOf(kind: TransformKind, values: Float64Array): Spectrum {
  return kind === "lattice" ? fftbr(values) : { re: fwht(values) };
}

/** Coefficients at 2 n points from those at the first n and at the next n. */
export function doubled(kind: TransformKind, first: Spectrum, second: Spectrum): Spectrum {
  return kind === "lattice"
    ? doubleTransform("fftbr", first as ComplexArray, second as ComplexArray)
    : { re: doubleTransform("fwht", first.re, second.re) };
}

/** A spectrum as plain data for a saved state, and back. */
export const plainSpectrum = ({ re, im }: Spectrum) => ({
  re: [...re],
  ...(im && { im: [...im] }),
});

type Parts = { re: ArrayLike<number>; im?: ArrayLike<number> };

export const loadSpectrum = ({ re, im }: Parts): Spectrum => ({
  re: Float64Array.from(re),
  ...(im && { im: Float64Array.from(im) }),
});
