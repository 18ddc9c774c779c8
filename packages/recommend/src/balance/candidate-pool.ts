import { type Matrix, matrix, type Rng } from "@daily-kernel/compute";
import { GaussianKernel, type Kernel } from "@daily-kernel/kernels";
import { fitMatrixFactorization } from "../model/fit.ts";
import type { TrainingOptions } from "../model/training-options.ts";
import type { Ratings } from "../ratings/ratings.ts";
import { cellFeatures, type SideFeatures } from "./cell-features.ts";
import { kernelMeans } from "./kernel-means.ts";

/** More cells than this are represented by as many drawn at random. */
const MOST_CELLS = 100_000;

/** Kernel functions to choose from, k(., z_j) for P cells z_j drawn at random. */
export interface CandidatePool {
  /** Features of the observed cells, n x d. */
  readonly observed: Matrix;
  /** Features of the cells that stand for all, m x d. */
  readonly population: Matrix;
  readonly kernel: Kernel;
  /** k(x_i, z_j) at the observed cells, n x P. */
  readonly functions: Matrix;
  /** Their means over the population. */
  readonly targets: Float64Array;
  /** k(z_i, z_j), P x P. */
  readonly gram: Matrix;
}

/** The pool for some features; the default kernel is Gaussian of lengthscale 0.5 sqrt(d). */
export function candidatePool(
  observed: Ratings,
  features: SideFeatures,
  size: number,
  given: Kernel | undefined,
  rng: Rng,
): CandidatePool {
  const x = cellFeatures(features, observed.user, observed.item);
  const population = allCells(features, observed, rng.spawn("population"));
  const kernel =
    given ?? new GaussianKernel({ dimension: x.cols, lengthscales: 0.5 * Math.sqrt(x.cols) });
  const centres = someRows(population, size, rng.spawn("centres"));
  return {
    observed: x,
    population,
    kernel,
    functions: kernel.gram(x, centres),
    targets: kernelMeans(kernel, population, centres),
    gram: kernel.gram(centres, centres),
  };
}

/** The factors of a plain factorisation with the same settings. */
export async function learnFeatures(
  observed: Ratings,
  options: TrainingOptions,
): Promise<SideFeatures> {
  const rng = options.rng.spawn("features");
  // without biases, so that what users and items have in general is in the factors
  const plain = { ...options, rng, biases: false };
  const { userFactors, itemFactors } = await fitMatrixFactorization(observed, plain);
  return { userFeatures: userFactors, itemFeatures: itemFactors };
}

function allCells(features: SideFeatures, { users, items }: Ratings, rng: Rng): Matrix {
  const cells = users * items;
  const drawn = cells > MOST_CELLS;
  const size = drawn ? MOST_CELLS : cells;
  const at = Float64Array.from({ length: size }, (_, c) => (drawn ? rng.integer(cells) : c));
  return cellFeatures(
    features,
    at.map((c) => Math.floor(c / items)),
    at.map((c) => c % items),
  );
}

function someRows(x: Matrix, count: number, rng: Rng): Matrix {
  const out = matrix(count, x.cols);
  for (let k = 0; k < count; k++) {
    const row = rng.integer(x.rows);
    out.data.set(x.data.subarray(row * x.cols, (row + 1) * x.cols), k * x.cols);
  }
  return out;
}
