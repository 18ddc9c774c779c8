import { checkObject, domainError, type Matrix, matrix, type Rng } from "@daily-kernel/compute";
import { GaussianKernel, type Kernel } from "@daily-kernel/kernels";
import { checkReal, checkVector, checkWhole } from "../check.ts";
import { JointTrainer } from "../model/doubly-robust.ts";
import { fitMatrixFactorization } from "../model/fit.ts";
import type { MatrixFactorization } from "../model/matrix-factorization.ts";
import { Trainer, trainEpochs } from "../model/trainer.ts";
import { checkTargets, settingsOf, type TrainingOptions } from "../model/training-options.ts";
import type { Ratings } from "../ratings/ratings.ts";
import { balanceWeights } from "./balance-weights.ts";
import { cellFeatures, type SideFeatures } from "./cell-features.ts";
import { columns, kernelMeans } from "./kernel-means.ts";
import { type Selection, selectFunctions } from "./select-functions.ts";

export interface BalancedOptions extends TrainingOptions {
  /** Inverse propensity ("ips") or doubly robust ("dr"). Default "ips". */
  estimator?: "ips" | "dr" | undefined;
  /** How the functions to balance are chosen. Default "random". */
  selection?: Selection | undefined;
  /** How many are balanced at a time. Default 16. */
  functions?: number | undefined;
  /** How many cells are drawn as centres to choose from. Default 64. */
  candidates?: number | undefined;
  /** Epochs between one choice with its weights and the next. Default 5. */
  refresh?: number | undefined;
  /** Weights to stay near to, 1 / propensity: n numbers > 0. Default all 1. */
  base?: ArrayLike<number> | undefined;
  /** How far a weighted mean may stay from its target. Default 0.001. */
  slack?: number | undefined;
  /** Features of users and items; by default the factors of a plain factorisation fitted first. */
  features?: SideFeatures | undefined;
  /** Of cell features in 0..1; by default Gaussian with lengthscale 0.5 sqrt(their number). */
  kernel?: Kernel | undefined;
  /** Cells per rating for the doubly robust estimator. Default 5. */
  cellsPerRating?: number | undefined;
}

export interface BalancedFit {
  model: MatrixFactorization;
  /** The last weights, mean 1, a number a rating. */
  weights: Float64Array;
  /** Features of the observed cells, n x d, of which the kernel is a function. */
  observed: Matrix;
  /** Features of the cells that stand for all, m x d. */
  population: Matrix;
  kernel: Kernel;
}

/** More cells than this are represented by as many drawn at random. */
const MOST_CELLS = 100_000;

/**
 * A matrix factorisation trained with kernel-balanced weights (Li, Zheng, Xiao, Wu, Geng, Chen, Cui
 * 2024): in turns, choose kernel functions, solve for the weights that balance them exactly
 * (`balanceWeights`), and train some epochs with these.
 *
 * @throws as `fitMatrixFactorization` and `balanceWeights`.
 */
export async function fitBalanced(
  observed: Ratings,
  options: BalancedOptions,
): Promise<BalancedFit> {
  const fn = "fitBalanced";
  checkObject(fn, "observed", observed);
  const settings = settingsOf(fn, options);
  checkTargets(fn, observed.rating, settings.loss);
  const { estimator = "ips", selection = "random", functions = 16, refresh = 5 } = options;
  const { base, slack = 1e-3, candidates = Math.max(64, functions), cellsPerRating = 5 } = options;
  if (estimator !== "ips" && estimator !== "dr") {
    throw domainError(`${fn}: options.estimator must be "ips" or "dr", got ${estimator}`);
  }
  checkWhole(fn, "options.functions", functions, 1);
  checkWhole(fn, "options.candidates", candidates, functions);
  checkWhole(fn, "options.refresh", refresh, 1);
  checkWhole(fn, "options.cellsPerRating", cellsPerRating, 1);
  checkReal(fn, "options.slack", slack, 0);
  const n = observed.rating.length;
  if (base !== undefined) checkVector(fn, "options.base", base, n, 0);

  const { rng } = settings;
  const features = options.features ?? (await learnFeatures(observed, options));
  const x = cellFeatures(features, observed.user, observed.item);
  const population = allCells(features, observed, rng.spawn("population"));
  const kernel =
    options.kernel ??
    new GaussianKernel({ dimension: x.cols, lengthscales: 0.5 * Math.sqrt(x.cols) });
  const centres = someRows(population, candidates, rng.spawn("centres"));
  const pool = kernel.gram(x, centres);
  const targets = kernelMeans(kernel, population, centres);
  const gram = kernel.gram(centres, centres);

  const joint =
    estimator === "dr" ? new JointTrainer(observed, settings, cellsPerRating) : undefined;
  const trainer = joint?.prediction ?? new Trainer(observed, settings);
  const errorAt = (k: number): number =>
    joint
      ? joint.residual(k)
      : trainer.lossOf(trainer.score(observed.user[k]!, observed.item[k]!), observed.rating[k]!);
  let weights: Float64Array = new Float64Array(n).fill(1);
  const { loss, epochs } = await trainEpochs(settings, options, (epoch) => {
    if ((epoch - 1) % refresh === 0) {
      const errors =
        selection === "adaptive"
          ? Float64Array.from({ length: n }, (_, k) => errorAt(k))
          : undefined;
      const chosen = selectFunctions(selection, {
        functions: pool,
        targets,
        gram,
        weights,
        errors,
        count: functions,
        rng,
      });
      weights = balanceWeights({
        functions: columns(pool, chosen),
        targets: Float64Array.from(chosen, (j) => targets[j]!),
        base,
        slack,
      }).weights;
    }
    return joint ? joint.epoch(weights) : trainer.epoch(observed, weights);
  });
  return { model: trainer.model(loss, epochs), weights, observed: x, population, kernel };
}

async function learnFeatures(observed: Ratings, options: BalancedOptions): Promise<SideFeatures> {
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
