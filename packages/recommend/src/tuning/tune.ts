import {
  checkObject,
  checkRunOptions,
  checkType,
  domainError,
  numericError,
  type Rng,
} from "@daily-kernel/compute";
import { checkVector, checkWhole } from "../check.ts";
import { snipsLoss } from "../estimators/losses.ts";
import type { Loss } from "../model/training-options.ts";
import { type Ratings, subset } from "../ratings/ratings.ts";

/** What a method's training gives: predictions at cells. */
export interface Predictor {
  predictCells(user: ArrayLike<number>, item: ArrayLike<number>): ArrayLike<number>;
}

/** A training with some settings. `inverse` are the weights of `train`; all fits of a split have one seed. */
export type Fit<S> = (
  train: Ratings,
  settings: S,
  run: { inverse: Float64Array; rng: Rng; signal: AbortSignal | undefined },
) => Promise<Predictor>;

export interface TuneOptions {
  /** Draws the validation parts, and seeds the trainings. */
  rng: Rng;
  /** 1 / propensity of each rating, n numbers >= 0. Default all 1: the plain mean. */
  inverse?: ArrayLike<number> | undefined;
  /** Splits into a training and a validation part; every setting sees all. Default 1. */
  splits?: number | undefined;
  /** The share of ratings that validates, between 0 and 1. Default 0.2. */
  share?: number | undefined;
  /** The loss of a prediction on the validation part. Default "logistic": ratings 0 and 1. */
  loss?: Loss | undefined;
  /** Cancels between trainings; it is handed on to them. */
  signal?: AbortSignal | undefined;
  /** After every training: how many, of how many; awaited. */
  onProgress?: ((done: number, total: number) => void | Promise<void>) | undefined;
}

export interface Tuned<S> {
  /** The settings of the least loss, the first of several. */
  best: S;
  /** The mean loss over the splits of each of the settings, in their order. */
  losses: Float64Array;
}

/** Chances are kept this far from 0 and 1, so that a sure mistake costs much but not everything. */
const SURE = 1e-9;

/**
 * Chooses settings by the self-normalised inverse propensity estimate (SNIPS) of the loss on
 * ratings that were held out: no randomised rating is needed beyond those of the propensities.
 * Takes settings.length * splits trainings, the same splits and seeds for all.
 *
 * @throws RangeError `ERR_DOMAIN` for no settings, options out of range, fewer than two ratings, or
 *   ratings other than 0 and 1 with the logistic loss; `ERR_SHAPE` for weights of another number;
 *   Error `ERR_NUMERIC` where a prediction is not finite.
 */
export async function tune<S>(
  observed: Ratings,
  settings: readonly S[],
  fit: Fit<S>,
  options: TuneOptions,
): Promise<Tuned<S>> {
  const fn = "tune";
  checkObject(fn, "observed", observed);
  checkType(Array.isArray(settings), fn, "settings", "an array", settings);
  if (settings.length === 0) throw domainError(`${fn}: settings must not be empty`);
  checkType(typeof fit === "function", fn, "fit", "a function", fit);
  checkRunOptions(fn, options);
  const { rng, splits = 1, share = 0.2, loss = "logistic", signal, onProgress } = options;
  checkType(typeof rng?.permutation === "function", fn, "options.rng", "an Rng", rng);
  checkWhole(fn, "options.splits", splits, 1);
  const n = observed.rating.length;
  if (!(share > 0 && share < 1) || n < 2) {
    throw domainError(
      `${fn}: options.share must lie between 0 and 1, with 2 ratings or more, got ${share} of ${n}`,
    );
  }
  if (loss !== "logistic" && loss !== "squared") {
    throw domainError(`${fn}: options.loss must be "logistic" or "squared", got ${loss}`);
  }
  if (loss === "logistic" && observed.rating.some((r) => r !== 0 && r !== 1)) {
    throw domainError(`${fn}: the logistic loss takes ratings 0 and 1 (see binarise)`);
  }
  const inverse = options.inverse ?? new Float64Array(n).fill(1);
  checkVector(fn, "options.inverse", inverse, n, 0);

  const losses = new Float64Array(settings.length);
  const held = Math.min(n - 1, Math.max(1, Math.round(share * n)));
  for (let split = 0; split < splits; split++) {
    const order = rng.spawn(`split ${split}`).permutation(n);
    const [validation, train] = [order.subarray(0, held), order.subarray(held)];
    const at = (part: Uint32Array) => Float64Array.from(part, (k) => inverse[k]!);
    const [heldOut, kept] = [subset(observed, validation), subset(observed, train)];
    for (const [s, setting] of settings.entries()) {
      signal?.throwIfAborted();
      const run = { inverse: at(train), rng: rng.spawn(`fit ${split}`), signal };
      const model = await fit(kept, setting, run);
      const predictions = model.predictCells(heldOut.user, heldOut.item);
      const errors = heldOut.rating.map((r, k) => errorOf(loss, r, predictions[k]!));
      if (!errors.every(Number.isFinite)) {
        throw numericError(`${fn}: settings[${s}] gave predictions that are not finite`);
      }
      losses[s]! += snipsLoss(errors, at(validation)) / splits;
      if (onProgress) {
        await onProgress(split * settings.length + s + 1, splits * settings.length);
      }
    }
  }
  return { best: settings[losses.indexOf(Math.min(...losses))]!, losses };
}

function errorOf(loss: Loss, rating: number, prediction: number): number {
  if (loss === "squared") return (prediction - rating) ** 2;
  const chance = Math.min(1 - SURE, Math.max(SURE, prediction));
  return -Math.log(rating === 1 ? chance : 1 - chance);
}
