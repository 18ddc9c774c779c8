import { checkObject, domainError, type Matrix } from "@daily-kernel/compute";
import type { Kernel } from "@daily-kernel/kernels";
import { checkReal, checkVector, checkWhole } from "../check.ts";
import { JointTrainer } from "../model/joint-trainer.ts";
import type { MatrixFactorization } from "../model/matrix-factorization.ts";
import { withMemory } from "../model/memory.ts";
import { trainEpochs } from "../model/train-epochs.ts";
import { Trainer } from "../model/trainer.ts";
import { checkTargets, settingsOf, type TrainingOptions } from "../model/training-options.ts";
import type { Ratings } from "../ratings/ratings.ts";
import { balanceWeights } from "./balance-weights.ts";
import { candidatePool, learnFeatures } from "./candidate-pool.ts";
import type { SideFeatures } from "./cell-features.ts";
import { columns } from "./kernel-means.ts";
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
  const pool = candidatePool(observed, features, candidates, options.kernel, rng);
  const { functions: values, targets, gram } = pool;

  return withMemory(async (arena) => {
    const joint =
      estimator === "dr" ? new JointTrainer(arena, observed, settings, cellsPerRating) : undefined;
    const trainer = joint?.prediction ?? new Trainer(arena, observed, settings);
    const errorAt = (k: number): number =>
      joint
        ? joint.residual(k)
        : trainer.lossOf(
            trainer.scoreAt(observed.user[k]!, observed.item[k]!),
            observed.rating[k]!,
          );
    let weights: Float64Array = new Float64Array(n).fill(1);
    const { loss, epochs } = await trainEpochs(settings, options, (epoch) => {
      if ((epoch - 1) % refresh === 0) {
        const errors =
          selection === "adaptive"
            ? Float64Array.from({ length: n }, (_, k) => errorAt(k))
            : undefined;
        const problem = {
          functions: values,
          targets,
          gram,
          weights,
          errors,
          count: functions,
          rng,
        };
        const chosen = selectFunctions(selection, problem);
        weights = balanceWeights({
          functions: columns(values, chosen),
          targets: Float64Array.from(chosen, (j) => targets[j]!),
          base,
          slack,
        }).weights;
      }
      return joint ? joint.epoch(weights) : trainer.epoch(observed, weights);
    });
    const { observed: x, population, kernel } = pool;
    return { model: trainer.model(loss, epochs), weights, observed: x, population, kernel };
  });
}
