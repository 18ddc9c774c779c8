import type { BareTask } from "../../task/without-weights.ts";
import { sumBound } from "../plain/bounds.ts";
import { bytesOfAll, drawFloats, drawSize, floats, ints, tensorOf } from "./inputs.ts";
import { zipfCsr } from "./random-csr.ts";

/** y = A x with a sparse A. */
export const sparseProduct: BareTask = {
  id: "hpc/spmv",
  category: "hpc",
  title:
    "y = A x with A by compressed rows: zero-based, empty rows, columns unsorted but distinct (inputs: rowPtr [rows + 1], colIdx [nnz], values [nnz], x [cols])",
  dimNames: ["rows", "cols", "nnz"],
  published: [1_000_000, 1_000_000, 7_000_000],
  scaled(maxElements) {
    const rows = Math.max(1, Math.floor((maxElements - 1) / 16));
    return [rows, rows, Math.min(rows * rows, 7 * rows)];
  },
  shapes: [
    [1, 1, 1],
    [7, 5, 11],
    [1, 131, 97],
    [61, 47, 500],
    [509, 257, 1801],
  ],
  drawDims: (rng) => {
    const [rows, cols] = [drawSize(600, rng), drawSize(600, rng)];
    return [rows, cols, Math.min(rows * cols, drawSize(3000, rng))];
  },
  families: ["uniform", "normal", "signed", "large", "small"],
  inputs: ([rows = 0, cols = 0, nnz = 0]) => [
    ints("rowPtr", rows + 1),
    ints("colIdx", nnz),
    floats("values", nnz),
    floats("x", cols),
  ],
  outputs: ([rows = 0]) => [floats("y", rows)],
  draw(dims, family, rng) {
    const [rows = 0, cols = 0, entries = 0] = dims;
    const [rowPtr, colIdx, values, x] = sparseProduct.inputs(dims);
    const matrix = zipfCsr({ rows, cols, entries, rng, value: () => 1 });
    return [
      tensorOf(rowPtr!, matrix.rowPtr),
      tensorOf(colIdx!, matrix.colIdx),
      drawFloats(values!, family, rng),
      drawFloats(x!, family, rng),
    ];
  },
  reference([rowPtr, colIdx, values, x], [rows = 0]) {
    const value = new Float64Array(rows);
    const magnitude = new Float64Array(rows);
    const start = (i: number) => rowPtr!.data[i]!;
    for (let i = 0; i < rows; i++) {
      for (let k = start(i); k < start(i + 1); k++) {
        const product = values!.data[k]! * x!.data[colIdx!.data[k]!]!;
        value[i]! += product;
        magnitude[i]! += Math.abs(product);
      }
    }
    const bound = magnitude.map((sum, i) => sumBound(start(i + 1) - start(i), sum));
    return [{ shape: [rows], value, bound }];
  },
  flops: ([, , nnz = 0]) => 2 * nnz,
  bytes(dims) {
    return bytesOfAll(sparseProduct, dims);
  },
};
