import { type Arena, checkObject } from "@daily-kernel/compute";
import { JointTrainer } from "../model/joint-trainer.ts";
import type { MatrixFactorization } from "../model/matrix-factorization.ts";
import { Batch, Cells, Deck, withMemory } from "../model/memory.ts";
import { trainEpochs } from "../model/train-epochs.ts";
import { Trainer } from "../model/trainer.ts";
import { checkTargets, type Settings, settingsOf } from "../model/training-options.ts";
import type { Ratings } from "../ratings/ratings.ts";
import {
  type AlternatingOptions,
  type AlternatingSettings,
  alternatingSettings,
} from "./alternating-options.ts";
import { candidatePool, learnFeatures } from "./candidate-pool.ts";
import type { SideFeatures } from "./cell-features.ts";
import { PoolFunctions } from "./pool-functions.ts";
import { ReleasedFunctions } from "./released-functions.ts";
import { type StepFunctions, WeightModel } from "./weight-model.ts";

export interface AlternatingFit {
  model: MatrixFactorization;
  /** The last weights, a number a rating. */
  weights: Float64Array;
}

/** By how much the loss of the coefficients must fall for the released code to leave them alone. */
const ENOUGH = { ips: 0.2, dr: 0.4 } as const;

/**
 * Kernel balancing as Li, Zheng, Xiao, Wu, Geng, Chen, Cui (2024) train it: the weights are
 * base * sigmoid of a second factorisation, and each mini-batch has a step of the weights on entropy
 * and imbalance, one of the prediction, and one of the imputation if there is any. `fitBalanced`
 * solves for the weights instead.
 *
 * Mode "paper" has each imbalance within the slack, weights of a mean near 1, coefficients and
 * centres that belong to cells, the RKHS norm for the worst case, and the correction of "dr"
 * weighted in both parts. Mode "reference-code" follows the released code where it differs: the
 * slack is on the sum of the imbalances, weights are not scaled, features are shifted by
 * min / (max - min) of what is at hand, coefficients belong to slots of the batch, the norm is
 * (sum_b h(x_b))^2, the imputed part of the correction has no weights, the imputed error changes
 * its roles when it is fitted, the last incomplete batch is dropped, and training ends after more
 * than six epochs in all without a gain. O(epochs (n (rank + J) + n / batch parameters)) for
 * "random".
 *
 * @throws as `fitMatrixFactorization`; RangeError `ERR_DOMAIN` for a base <= 0.
 */
export async function fitAlternating(
  observed: Ratings,
  options: AlternatingOptions,
): Promise<AlternatingFit> {
  const fn = "fitAlternating";
  checkObject(fn, "observed", observed);
  const released = options?.mode === "reference-code";
  const settings = settingsOf(fn, released ? { patience: "cumulative", ...options } : options);
  checkTargets(fn, observed.rating, settings.loss);
  const given = alternatingSettings(fn, options, observed.rating.length);
  const features = options.features ?? (await learnFeatures(observed, options));
  return withMemory(async (arena) => {
    const turns = (released ? releasedTurns : paperTurns)(
      arena,
      observed,
      settings,
      given,
      features,
      options,
    );
    const { loss, epochs } = await trainEpochs(settings, options, turns.epoch);
    return { model: turns.prediction.model(loss, epochs), weights: turns.weights.all() };
  });
}

interface Turns {
  readonly prediction: Trainer;
  readonly weights: WeightModel;
  readonly epoch: () => number;
}

/** What both modes have: the models in training, and buffers for a step. */
function models(
  arena: Arena,
  observed: Ratings,
  settings: Settings,
  given: AlternatingSettings,
  base: Float64Array,
) {
  const joint =
    given.estimator === "dr"
      ? new JointTrainer(arena, observed, settings, given.cellsPerRating)
      : undefined;
  const prediction = joint?.prediction ?? new Trainer(arena, observed, settings);
  const weights = new WeightModel(
    arena,
    observed,
    base,
    settings,
    {
      rate: given.weightRate,
      decay: given.weightDecay,
      slack: given.slack,
      penalty: given.penalty,
      summed: given.mode === "reference-code",
    },
    settings.rng.spawn("weights"),
  );
  const size = Math.min(settings.batch, observed.rating.length);
  const batch = new Batch(arena, size);
  const cells = new Cells(arena, size * given.cellsPerRating);
  return { joint, prediction, weights, size, batch, cells };
}

function paperTurns(
  arena: Arena,
  observed: Ratings,
  settings: Settings,
  given: AlternatingSettings,
  features: SideFeatures,
  { kernel }: AlternatingOptions,
): Turns {
  const { rng } = settings;
  const n = observed.rating.length;
  // sigmoid 1/2 everywhere is a mean weight of 1
  const mean = given.base.reduce((sum, w) => sum + w, 0) / n;
  const base = given.base.map((w) => (2 * w) / mean);
  const { joint, prediction, weights, size, batch, cells } = models(
    arena,
    observed,
    settings,
    given,
    base,
  );
  const pool = candidatePool(observed, features, given.candidates, kernel, rng);
  const functions = new PoolFunctions(pool, given.functions, size, rng);
  const errorAt = (k: number): number => {
    if (joint) return joint.residual(k);
    const score = prediction.scoreAt(observed.user[k]!, observed.item[k]!);
    return prediction.lossOf(score, observed.rating[k]!);
  };
  const epoch = (): number => {
    const { selection } = given;
    if (selection !== "random") {
      const errors =
        selection === "adaptive"
          ? Float64Array.from({ length: n }, (_, k) => errorAt(k))
          : undefined;
      functions.choose(selection, weights.all(), errors);
    }
    const order = rng.permutation(n);
    let total = 0;
    for (let from = 0; from < n; from += size) {
      const part = order.subarray(from, Math.min(n, from + size));
      batch.fill(observed, part, base);
      if (selection === "random") functions.choose("random");
      weights.step(batch, part, functions.at(part));
      weights.weigh(batch, part);
      if (!joint) {
        total += prediction.step(batch) * part.length;
        continue;
      }
      cells.draw(observed, part.length * given.cellsPerRating, rng);
      total += joint.predictionStep(batch, cells).loss * part.length;
      joint.imputationStep(batch);
    }
    return total / n;
  };
  return { prediction, weights, epoch };
}

function releasedTurns(
  arena: Arena,
  observed: Ratings,
  settings: Settings,
  given: AlternatingSettings,
  features: SideFeatures,
  options: AlternatingOptions,
): Turns {
  const { rng } = settings;
  const { base, selection, estimator } = given;
  const n = observed.rating.length;
  const { joint, prediction, weights, size, batch, cells } = models(
    arena,
    observed,
    settings,
    given,
    base,
  );
  const functions = new ReleasedFunctions(arena, features, {
    count: given.functions,
    batch: size,
    cells: size * given.cellsPerRating,
    rate: given.coefficientRate,
    decay: given.coefficientDecay,
    kernel: options.kernel,
    rng: rng.spawn("coefficients"),
  });
  const perBatch = size * given.cellsPerRating;
  const deck = new Deck(observed, rng);
  const errors = new Float64Array(size);
  const chosen = (part: Uint32Array): StepFunctions => {
    if (selection === "random") return functions.random(batch, cells);
    if (selection === "worst") {
      weights.weigh(batch, part);
      return functions.worst(batch, cells);
    }
    for (let b = 0; b < size; b++) {
      const [u, i] = [batch.user[b]!, batch.item[b]!];
      const s = prediction.scoreAt(u, i);
      errors[b] = prediction.lossOf(s, batch.rating[b]!);
      if (!joint) continue;
      const imputed = joint.imputation.lossOf(
        joint.imputation.scoreAt(u, i),
        prediction.valueOf(s),
      );
      errors[b]! -= imputed;
    }
    return functions.adaptive(batch, cells, errors, batch.weight, ENOUGH[estimator]);
  };
  const epoch = (): number => {
    const order = rng.permutation(n);
    deck.restart();
    const batches = Math.floor(n / size);
    let total = 0;
    for (let k = 0; k < batches; k++) {
      const part = order.subarray(k * size, (k + 1) * size);
      batch.fill(observed, part, base);
      deck.deal(cells, perBatch);
      weights.step(batch, part, chosen(part));
      weights.weigh(batch, part);
      if (!joint) {
        total += prediction.step(batch);
        continue;
      }
      total += joint.predictionStep(batch, cells, true).ofRatings;
      joint.imputationStep(batch, true);
    }
    return total / batches;
  };
  return { prediction, weights, epoch };
}
