import {
  checkNumbers,
  checkObject,
  cholesky,
  domainError,
  type Matrix,
  matrix,
  Rng,
  solveTriangular,
  transpose,
} from "@daily-kernel/compute";
import type { FeatureMap } from "../feature-map.ts";
import type { Kernel } from "../kernel.ts";
import { addToDiagonal } from "../regression/parts.ts";
import { checkKernel } from "../standard/check-kernel.ts";
import { checkCount, checkPoints } from "../standard/check-points.ts";
import { BlockedGram } from "./blocked-gram.ts";
import { partialCholesky } from "./partial-cholesky.ts";

export interface NystromOptions {
  /** How many columns of the Gram matrix, 1 to n. */
  features: number;
  /**
   * Which: "pivoted" takes those of the greedy pivoted Cholesky factor, "uniform" a random choice, an
   * array the points of these numbers. Default "pivoted".
   */
  columns?: "pivoted" | "uniform" | ArrayLike<number> | undefined;
  /** Of the uniform choice. Default 0. */
  seed?: number | bigint | undefined;
}

/** Added to the landmarks' own matrix, of the mean of its diagonal, so that its factor exists. */
const JITTER = 1e-12;

/**
 * The Nystrom approximation (Williams and Seeger 2001) as a feature map: L^-1 k(landmarks, x), L the
 * Cholesky factor of the landmarks' Gram matrix, so that inner products are exact where a point is a
 * landmark and never too large on the diagonal.
 */
export class NystromFeatures implements FeatureMap {
  readonly dimension: number;
  readonly features: number;
  readonly kernel: Kernel;
  /** The numbers of the landmarks among the points. */
  readonly columns: Uint32Array;
  readonly #landmarks: Matrix;
  readonly #l: Matrix;

  /** Landmarks from the rows of x (n x d); O(n m^2) for m pivoted columns, else O(m^3). */
  constructor(kernel: Kernel, x: Matrix, options: NystromOptions) {
    const fn = "NystromFeatures";
    checkKernel(fn, "kernel", kernel);
    checkPoints(fn, "x", x, kernel.dimension);
    checkObject(fn, "options", options);
    checkCount(fn, "features", options.features, 1);
    if (options.features > x.rows) {
      throw domainError(
        `${fn}: features must be at most the ${x.rows} points, got ${options.features}`,
      );
    }
    const columns = chooseColumns(fn, kernel, x, options);
    const d = x.cols;
    const landmarks = matrix(columns.length, d);
    columns.forEach((i, k) => {
      landmarks.data.set(x.data.subarray(i * d, (i + 1) * d), k * d);
    });
    const gram = kernel.gram(landmarks, landmarks);
    let trace = 0;
    for (let i = 0; i < gram.rows; i++) trace += gram.data[i * (gram.rows + 1)]!;
    addToDiagonal(gram, (JITTER * trace) / gram.rows);
    this.kernel = kernel;
    this.dimension = d;
    this.features = columns.length;
    this.columns = columns;
    this.#landmarks = landmarks;
    this.#l = cholesky(gram);
  }

  map(x: Matrix): Matrix {
    checkPoints("NystromFeatures.map", "x", x, this.dimension);
    return transpose(solveTriangular(this.#l, this.kernel.gram(this.#landmarks, x)));
  }
}

function chooseColumns(
  fn: string,
  kernel: Kernel,
  x: Matrix,
  { features, columns = "pivoted", seed = 0 }: NystromOptions,
): Uint32Array {
  if (columns === "pivoted") {
    return partialCholesky(new BlockedGram(kernel, x), features).pivots;
  }
  if (columns === "uniform") return new Rng(seed).permutation(x.rows).slice(0, features);
  checkNumbers(fn, "columns", columns);
  const chosen = Array.from(columns);
  const ok = chosen.every((i) => Number.isInteger(i) && i >= 0 && i < x.rows);
  if (!ok || new Set(chosen).size !== chosen.length || chosen.length !== features) {
    throw domainError(
      `${fn}: columns must be "pivoted", "uniform" or ${features} different whole numbers in 0..${x.rows - 1}, got ${chosen.slice(0, 10)}`,
    );
  }
  return Uint32Array.from(chosen);
}
