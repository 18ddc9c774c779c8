import type { Dims } from "../../task/task.ts";
import type { KernelTensor } from "../../task/tensor.ts";
import type { BareTask } from "../../task/without-weights.ts";
import { U } from "../plain/bounds.ts";
import { conjugateGradient } from "./conjugate-gradient.ts";
import { type Csr, spmv } from "./csr.ts";
import { bytesOfAll, drawFloats, drawSize, floats, ints, tensorOf } from "./inputs.ts";
import { spdCsr, spdEntries } from "./random-csr.ts";

/** The condition number of the matrices that are drawn; their smallest eigenvalue is 1. */
const CONDITION = 64;
/** Iterations that such a spectrum takes at least, to the loosest tolerance that is drawn. */
const FEWEST = 12;

const norm = (v: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += v[i]! ** 2;
  return Math.sqrt(sum);
};

const matrixOf = ([rowPtr, colIdx, values]: readonly KernelTensor[], n: number): Csr => ({
  rows: n,
  cols: n,
  rowPtr: rowPtr!.data as Int32Array<ArrayBuffer>,
  colIdx: colIdx!.data as Int32Array<ArrayBuffer>,
  values: Float64Array.from(values!.data),
});

/**
 * The solution, and the residual that a float32 kernel may leave: the tolerance, and the gap between
 * the residual that it updates and the true one, which grows with the roundings of a product
 * (Greenbaum 1997) and as the root of the number of iterations.
 */
function solveOnce(inputs: readonly KernelTensor[], n: number) {
  const a = matrixOf(inputs, n);
  const b = Float64Array.from(inputs[3]!.data);
  const tolerance = inputs[4]!.data[0]!;
  const { x, iterations } = conjugateGradient(a, b, {
    tolerance: 1e-13,
    maxIterations: 20 * n + 50,
  });
  const sizes = spmv({ ...a, values: a.values.map(Math.abs) }, x.map(Math.abs));
  const gap = 8 * U * Math.sqrt(iterations) * norm(sizes.map((size, i) => size + Math.abs(b[i]!)));
  return { a, b, x, allowed: tolerance * norm(b) + gap };
}

type Solved = ReturnType<typeof solveOnce>;
/** Reference and property ask for the same solution, the property again for every call. */
const solved = new WeakMap<readonly KernelTensor[], Solved>();

function solve(inputs: readonly KernelTensor[], n: number): Solved {
  const known = solved.get(inputs) ?? solveOnce(inputs, n);
  solved.set(inputs, known);
  return known;
}

/** Conjugate gradients. Each drawn matrix has a condition number of 64. */
export const cg: BareTask = {
  id: "hpc/cg",
  category: "hpc",
  title:
    "solve A x = b by conjugate gradients from x = 0 until ||r|| <= tolerance ||b||; A symmetric positive definite by compressed rows (inputs: rowPtr [n + 1], colIdx [nnz], values [nnz], b [n], tolerance [1])",
  dimNames: ["n", "nnz"],
  published: [1_000_000, spdEntries(1_000_000)],
  scaled(maxElements) {
    const n = Math.max(1, Math.floor(maxElements / 15));
    return [n, spdEntries(n)];
  },
  shapes: [1, 2, 7, 61, 509].map((n) => [n, spdEntries(n)]),
  drawDims: (rng) => {
    const n = drawSize(600, rng);
    return [n, spdEntries(n)];
  },
  families: ["uniform", "normal", "signed"],
  inputs: ([n = 0, nnz = 0]) => [
    ints("rowPtr", n + 1),
    ints("colIdx", nnz),
    floats("values", nnz),
    floats("b", n),
    floats("tolerance", 1),
  ],
  outputs: ([n = 0]) => [floats("x", n)],
  draw(dims, family, rng) {
    const [rowPtr, colIdx, values, b, tolerance] = cg.inputs(dims);
    const matrix = spdCsr(dims[0]!, { condition: CONDITION, rng });
    return [
      tensorOf(rowPtr!, matrix.rowPtr),
      tensorOf(colIdx!, matrix.colIdx),
      tensorOf(values!, Float32Array.from(matrix.values)),
      drawFloats(b!, family, rng),
      tensorOf(tolerance!, Float32Array.of(10 ** (-3 - 2 * rng.uniform()))),
    ];
  },
  /**
   * An x whose residual is r is off by A^-1 r, at most ||r|| over the smallest eigenvalue, which is 1:
   * what an element may be off by follows from the residual that is allowed. The residual itself is
   * the `property`.
   */
  reference(inputs, [n = 0]) {
    const { x, allowed } = solve(inputs, n);
    return [{ shape: [n], value: x, bound: new Float64Array(n).fill(1.001 * allowed) }];
  },
  property(inputs: readonly KernelTensor[], outputs: readonly KernelTensor[], [n = 0]: Dims) {
    const { a, b, allowed } = solve(inputs, n);
    const product = spmv(a, outputs[0]!.data);
    const residual = norm(product.map((value, i) => b[i]! - value));
    const error = residual === 0 ? 0 : residual / allowed;
    return {
      error,
      evidence: `||b - A x|| = ${residual.toPrecision(4)}, allowed ${allowed.toPrecision(4)}`,
    };
  },
  // As many iterations as the drawn spectra need at least, if there are as many unknowns.
  flops: ([n = 0, nnz = 0]) => Math.min(n, FEWEST) * (2 * nnz + 10 * n),
  bytes(dims) {
    return bytesOfAll(cg, dims);
  },
};
