import { cholesky, domainError, eigSymmetric, type Matrix, matrix } from "@daily-kernel/compute";

/** `cholesky`, whose failure is told as one of the argument `name` of `where`. */
export function choleskyOf(where: string, name: string, symmetric: Matrix): Matrix {
  try {
    return cholesky(symmetric);
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^cholesky: a is /, "") : "";
    throw domainError(`${where}: ${name} must be positive definite, got one that is ${why}`);
  }
}

/**
 * A = V sqrt(Lambda) of a covariance matrix C = V Lambda V^T, so that A A^T = C: eigenvalues descend,
 * and the first entry of each eigenvector is positive (the first one that is not 0 to rounding).
 */
export function principalComponents(where: string, covariance: Matrix): Matrix {
  const { values, vectors } = eigSymmetric(covariance);
  const d = covariance.rows;
  const largest = Math.max(Math.abs(values[0] ?? 0), Math.abs(values[d - 1] ?? 0));
  const rounding = 1e-14 * d;
  if (values[0]! < -rounding * largest) {
    throw domainError(
      `${where}: covariance must be positive semidefinite, got one with the eigenvalue ${values[0]}`,
    );
  }
  const factor = matrix(d, d);
  for (let k = 0; k < d; k++) {
    const column = d - 1 - k;
    let sign = 1;
    for (let i = 0; i < d; i++) {
      const entry = vectors.data[i * d + column]!;
      if (Math.abs(entry) > rounding) {
        sign = Math.sign(entry);
        break;
      }
    }
    const scale = sign * Math.sqrt(Math.max(0, values[column]!));
    for (let i = 0; i < d; i++) factor.data[i * d + k] = scale * vectors.data[i * d + column]!;
  }
  return factor;
}
