import type { HpcKernel } from "../tasks/hpc/hpc-tasks.ts";

/** Where a role's values come from: an input with its sizes, a dim, or a constant. */
type Origin =
  | { readonly input: number; readonly sizes: readonly string[] }
  | { readonly dim: number }
  | { readonly value: string };

const dim = (k: number): Origin => ({ dim: k });
const input = (k: number, ...sizes: string[]): Origin => ({ input: k, sizes });
const one: Origin = { value: "1" };
const zero: Origin = { value: "0" };

/** The roles of a kernel in terms of its inputs and sizes; the output begins with the last part. */
export interface Layout {
  readonly dims: readonly string[];
  readonly from: Readonly<Record<string, Origin>>;
  readonly output: { readonly role: string; readonly sizes: readonly string[] };
  /** The input that the output begins with, if it is updated and not only written. */
  readonly begins?: number;
}

export const layouts: Readonly<Record<HpcKernel, Layout>> = {
  axpy: {
    dims: ["n"],
    from: { n: dim(0), alpha: input(0), x: input(1, "n") },
    output: { role: "y", sizes: ["n"] },
    begins: 2,
  },
  gemv: {
    dims: ["M", "N"],
    from: { M: dim(0), N: dim(1), one, zero, A: input(0, "M", "N"), x: input(1, "N") },
    output: { role: "y", sizes: ["M"] },
  },
  gemm: {
    dims: ["M", "N", "K"],
    from: {
      M: dim(0),
      N: dim(1),
      K: dim(2),
      one,
      zero,
      A: input(0, "M", "K"),
      B: input(1, "K", "N"),
    },
    output: { role: "C", sizes: ["M", "N"] },
  },
  spmv: {
    dims: ["rows", "cols", "nnz"],
    from: {
      rows: dim(0),
      cols: dim(1),
      nnz: dim(2),
      rowPtr: input(0, "rows + 1"),
      colIdx: input(1, "nnz"),
      values: input(2, "nnz"),
      x: input(3, "cols"),
    },
    output: { role: "y", sizes: ["rows"] },
  },
  jacobi3d: {
    dims: ["nx", "ny", "nz"],
    from: { nx: dim(0), ny: dim(1), nz: dim(2), u: input(0, "nx", "ny", "nz") },
    output: { role: "v", sizes: ["nx", "ny", "nz"] },
    begins: 0,
  },
  cg: {
    dims: ["n", "nnz"],
    from: {
      n: dim(0),
      nnz: dim(1),
      most: { value: "20 * n" },
      rowPtr: input(0, "n + 1"),
      colIdx: input(1, "nnz"),
      values: input(2, "nnz"),
      b: input(3, "n"),
      tolerance: input(4),
    },
    output: { role: "x", sizes: ["n"] },
  },
};

export const product = (sizes: readonly string[]): string =>
  sizes.length === 0 ? "1" : sizes.map((size) => `(${size})`).join(" * ");
