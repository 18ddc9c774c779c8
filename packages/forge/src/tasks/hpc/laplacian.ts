import { domainError } from "@daily-kernel/compute";
import type { Csr } from "./csr.ts";

/**
 * The negative Laplacian on a grid with zeros around it: 2 d on the diagonal and -1 for each of the
 * neighbours along d axes. Symmetric and positive definite; the last axis varies fastest.
 */
function laplacian(where: string, sizes: readonly number[]): Csr {
  for (const size of sizes) {
    if (!(Number.isSafeInteger(size) && size >= 1)) {
      throw domainError(`${where}: sizes must be whole numbers >= 1, got ${size}`);
    }
  }
  const n = sizes.reduce((product, size) => product * size, 1);
  const strides = sizes.map((_, axis) => sizes.slice(axis + 1).reduce((p, size) => p * size, 1));
  const rowPtr = new Int32Array(n + 1);
  const colIdx = new Int32Array(n * (2 * sizes.length + 1));
  const values = new Float64Array(colIdx.length);
  let count = 0;
  const push = (j: number, value: number) => {
    colIdx[count] = j;
    values[count++] = value;
  };
  for (let i = 0; i < n; i++) {
    const at = (axis: number) => Math.floor(i / strides[axis]!) % sizes[axis]!;
    for (const [axis, stride] of strides.entries()) if (at(axis) > 0) push(i - stride, -1);
    push(i, 2 * sizes.length);
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      if (at(axis) + 1 < sizes[axis]!) push(i + strides[axis]!, -1);
    }
    rowPtr[i + 1] = count;
  }
  return {
    rows: n,
    cols: n,
    rowPtr,
    colIdx: colIdx.slice(0, count),
    values: values.slice(0, count),
  };
}

/** The 5-point Laplacian of an nx x ny grid (nx ny unknowns, 4 on the diagonal, zeros around it). */
export const laplacian5 = (nx: number, ny: number): Csr => laplacian("laplacian5", [nx, ny]);

/** The 7-point Laplacian of an nx x ny x nz grid (6 on the diagonal, zeros around it). */
export const laplacian7 = (nx: number, ny: number, nz: number): Csr =>
  laplacian("laplacian7", [nx, ny, nz]);
