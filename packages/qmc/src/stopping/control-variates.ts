import {
  checkType,
  cholesky,
  choleskySolve,
  domainError,
  matmul,
  matrix,
  shapeError,
  syrk,
} from "@daily-kernel/compute";
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
  for (const [name, list] of Object.entries({ controlVariates: integrands, controlVariateMeans })) {
    checkType(Array.isArray(list), where, name, "an array", list);
  }
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
 * `kappa[from..]`.
 */
export function fitCoefficients(
  y: Spectrum,
  x: readonly Spectrum[],
  kappa: Uint32Array,
  from: number,
): number[] {
  const picked = kappa.subarray(from);
  const pick = ({ re, im }: Spectrum) => {
    const parts = im ? [re, im] : [re];
    return Float64Array.from(parts.flatMap((part) => Array.from(picked, (k) => part[k]!)));
  };
  return leastSquares(pick(y), x.map(pick));
}

/**
 * The beta that makes |y - sum_j beta_j x_j|^2 smallest; those of columns that vanish or repeat others
 * are shrunk to 0. Normal equations with the least ridge that makes them definite.
 */
export function leastSquares(y: Float64Array, x: readonly Float64Array[]): number[] {
  const m = x.length;
  const columns = matrix(m, y.length);
  for (const [j, column] of x.entries()) columns.data.set(column, j * y.length);
  const gram = syrk(columns);
  const right = matmul(columns, matrix(y.length, 1, y));
  const trace = x.reduce((sum, _, j) => sum + gram.data[j * m + j]!, 0);
  if (!(trace > 0)) return new Array<number>(m).fill(0);
  for (let ridge = 0; ; ridge = ridge === 0 ? trace * 2 ** -48 : ridge * 16) {
    const shifted = matrix(m, m, gram.data.slice());
    for (let j = 0; j < m; j++) shifted.data[j * m + j]! += ridge;
    try {
      return [...choleskySolve(cholesky(shifted), right).data];
    } catch (error) {
      // not definite to working precision: a larger ridge
      if ((error as { code?: string }).code !== "ERR_NUMERIC") throw error;
    }
  }
}
