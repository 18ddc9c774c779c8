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
