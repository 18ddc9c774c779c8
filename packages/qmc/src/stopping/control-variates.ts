import { cholesky, choleskySolve, domainError, matrix, shapeError } from "@daily-kernel/compute";
import { Integrand } from "../integrands/integrand.ts";
import type { Spectrum } from "./spectrum.ts";

export interface ControlVariateOptions {
  /** Integrands on the same sequence, with as many outputs, whose integrals are known. */
  controlVariates?: readonly Integrand[];
  /** Their integrals: one number each, or one array each with a number an output. */
  controlVariateMeans?: readonly (number | readonly number[])[];
}

export interface ControlVariates {
  integrands: readonly Integrand[];
  /** Mean of output k of control variate j at `means[j][k]`. */
  means: readonly (readonly number[])[];
}

/** Checks that the control variates fit the integrand. */
export function controlVariates(
  where: string,
  integrand: Integrand,
  { controlVariates: integrands = [], controlVariateMeans = [] }: ControlVariateOptions,
): ControlVariates {
  if (integrands.length !== controlVariateMeans.length) {
    throw shapeError(
      `${where}: ${integrands.length} controlVariates need as many controlVariateMeans, ` +
        `got ${controlVariateMeans.length}`,
    );
  }
  for (const [j, variate] of integrands.entries()) {
    const fits =
      variate instanceof Integrand &&
      variate.sequence === integrand.sequence &&
      variate.outputs === integrand.outputs;
    if (!fits) {
      throw domainError(
        `${where}: controlVariates[${j}] must be an integrand with ${integrand.outputs} outputs ` +
          "on the very sequence of the integrand",
      );
    }
  }
  const means = controlVariateMeans.map((mean, j) => {
    const row = typeof mean === "number" ? new Array<number>(integrand.outputs).fill(mean) : mean;
    if (row.length !== integrand.outputs || !row.every(Number.isFinite)) {
      throw domainError(
        `${where}: controlVariateMeans[${j}] must hold ${integrand.outputs} finite numbers`,
      );
    }
    return row;
  });
  return { integrands, means };
}

/**
 * The real coefficients that make sum_k |y_k - sum_j beta_j x_jk|^2 smallest over the wavenumbers
 * `kappa[from..]`; those of variates that vanish there, or repeat others, are shrunk to 0. Normal
 * equations with the least ridge that makes them definite.
 */
export function fitCoefficients(
  y: Spectrum,
  x: readonly Spectrum[],
  kappa: Uint32Array,
  from: number,
): number[] {
  const m = x.length;
  const gram = new Float64Array(m * m);
  const right = new Float64Array(m);
  const product = (a: Spectrum, b: Spectrum) => {
    let sum = 0;
    for (let i = from; i < kappa.length; i++) {
      const k = kappa[i]!;
      sum += a.re[k]! * b.re[k]!;
      if (a.im) sum += a.im[k]! * b.im![k]!;
    }
    return sum;
  };
  let trace = 0;
  for (let i = 0; i < m; i++) {
    right[i] = product(x[i]!, y);
    for (let j = 0; j <= i; j++) gram[i * m + j] = gram[j * m + i] = product(x[i]!, x[j]!);
    trace += gram[i * m + i]!;
  }
  if (!(trace > 0)) return new Array<number>(m).fill(0);
  for (let ridge = 0; ; ridge = ridge === 0 ? trace * 2 ** -48 : ridge * 16) {
    const shifted = gram.slice();
    for (let i = 0; i < m; i++) shifted[i * m + i]! += ridge;
    try {
      return [...choleskySolve(cholesky(matrix(m, m, shifted)), matrix(m, 1, right)).data];
    } catch {
      // not definite to working precision: a larger ridge
    }
  }
}
