import { type Matrix, matmul, matrix, type Rng } from "@daily-kernel/compute";
import {
  DigitalShiftInvariantKernel,
  type FastGaussianProcess,
  FastGram,
  type Kernel,
  ShiftInvariantKernel,
} from "@daily-kernel/kernels";
import { Lattice, Sobol } from "@daily-kernel/qmc";

export type Kind = "lattice" | "net";

/** The product of a Gram matrix with a vector, without the matrix. */
export type Product = (
  kind: Kind,
  kernel: Kernel,
  points: Matrix,
) => (y: Float64Array) => Float64Array;

export const fastProduct: Product = (kind, kernel, points) => {
  const gram = new FastGram(kernel as ShiftInvariantKernel, points, { kind });
  return (y) => gram.matvec(y);
};

/** n points of a kind, and the kernel that they diagonalise. */
export function matching(kind: Kind, n: number, dimension: number, seed: number) {
  const sequence =
    kind === "lattice" ? new Lattice({ dimension, seed }) : new Sobol({ dimension, seed });
  const options = {
    dimension,
    lengthscales: Array.from({ length: dimension }, (_, j) => 1 / (j + 1) ** 2),
  };
  return {
    points: matrix(n, dimension, sequence.points({ nMax: n }).data),
    kernel:
      kind === "lattice"
        ? new ShiftInvariantKernel(options)
        : new DigitalShiftInvariantKernel(options),
  };
}

const largest = (values: Float64Array) => values.reduce((max, v) => Math.max(max, Math.abs(v)), 0);

/** The largest |fast - dense| divided by the largest |dense|, on a lattice and on a net of n points. */
export function productError(product: Product, n: number, rng: Rng): number {
  let worst = 0;
  for (const kind of ["lattice", "net"] as const) {
    const { points, kernel } = matching(kind, n, 3, rng.integer(2 ** 31));
    const y = rng.fillNormal(new Float64Array(n));
    const dense = matmul(kernel.gram(points, points), matrix(n, 1, y)).data;
    const fast = product(kind, kernel, points)(y);
    worst = Math.max(worst, largest(dense.map((v, i) => v - fast[i]!)) / largest(dense));
  }
  return worst;
}

export interface Cost {
  readonly n: number;
  /** Seconds of a product with the matrix at hand, and of one by transforms; medians. */
  readonly dense: number;
  readonly fast: number;
  readonly ratios: readonly number[];
}

/** Times the dense and the fast product in turn. */
export function productCost(product: Product, n: number, repeats: number, rng: Rng): Cost {
  const { points, kernel } = matching("net", n, 3, rng.integer(2 ** 31));
  const y = rng.fillNormal(new Float64Array(n));
  const gram = kernel.gram(points, points);
  const column = matrix(n, 1, y);
  const multiply = product("net", kernel, points);
  const dense: number[] = [];
  const fast: number[] = [];
  for (let k = -2; k < repeats; k++) {
    const start = performance.now();
    matmul(gram, column);
    const middle = performance.now();
    // enough of them for the clock
    for (let again = 0; again < 20; again++) multiply(y);
    const end = performance.now();
    if (k < 0) continue; // warming up
    dense.push((middle - start) / 1000);
    fast.push((end - middle) / 20_000);
  }
  const ratios = dense.map((time, k) => time / fast[k]!);
  return { n, dense: median(dense), fast: median(fast), ratios };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** A smooth function that is periodic in every coordinate, with variance of about 1. */
export function target(x: Float64Array, start: number, dimension: number): number {
  let sum = 0;
  for (let j = 0; j < dimension; j++) sum += Math.sin(2 * Math.PI * x[start + j]!) / (j + 1);
  return Math.exp(sum / 2) + Math.cos(2 * Math.PI * (x[start]! + x[start + 1]!));
}

export type FitProcess = (
  kernel: ShiftInvariantKernel | DigitalShiftInvariantKernel,
  points: Matrix,
  y: Float64Array,
  options: { noise: number; signal: AbortSignal },
) => Promise<Pick<FastGaussianProcess, "predict">>;

/**
 * Root mean square error of the predicted mean of a process fitted to n noisy values, at new points,
 * in standard deviations of the function.
 */
export async function processError(
  fit: FitProcess,
  kind: Kind,
  n: number,
  rng: Rng,
  signal: AbortSignal,
): Promise<number> {
  const dimension = 3;
  const { points, kernel } = matching(kind, n, dimension, rng.integer(2 ** 31));
  const noise = 0.01;
  const y = Float64Array.from(
    { length: n },
    (_, i) => target(points.data, i * dimension, dimension) + noise * rng.normal(),
  );
  const process = await fit(kernel, points, y, { noise: noise ** 2, signal });
  const tests = 64;
  const at = matrix(tests, dimension, rng.fillUniform(new Float64Array(tests * dimension)));
  const { mean } = process.predict(at);
  let [error, total, squares] = [0, 0, 0];
  for (let i = 0; i < tests; i++) {
    const truth = target(at.data, i * dimension, dimension);
    error += (mean[i]! - truth) ** 2;
    total += truth;
    squares += truth ** 2;
  }
  return Math.sqrt(error / (squares - total ** 2 / tests));
}
