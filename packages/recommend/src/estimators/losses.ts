import { domainError } from "@daily-kernel/compute";
import { checkVector, checkWhole } from "../check.ts";

/** The mean of the errors e (n numbers) of observed cells: biased where observation depends on them. */
export function naiveLoss(errors: ArrayLike<number>): number {
  checkErrors("naiveLoss", errors);
  return Array.from(errors).reduce((sum, e) => sum + e, 0) / errors.length;
}

/**
 * Inverse propensity estimate of the mean error over all cells: sum w e / cells, where w = 1 / p or
 * balanced weights and `cells` is users * items.
 */
export function ipsLoss(
  errors: ArrayLike<number>,
  weights: ArrayLike<number>,
  cells: number,
): number {
  checkErrors("ipsLoss", errors);
  checkVector("ipsLoss", "weights", weights, errors.length, 0);
  checkWhole("ipsLoss", "cells", cells, 1);
  let sum = 0;
  for (let k = 0; k < errors.length; k++) sum += weights[k]! * errors[k]!;
  return sum / cells;
}

/** The self-normalised estimate sum w e / sum w: less variance, a bias that vanishes with n. */
export function snipsLoss(errors: ArrayLike<number>, weights: ArrayLike<number>): number {
  checkErrors("snipsLoss", errors);
  checkVector("snipsLoss", "weights", weights, errors.length, 0);
  const total = Array.from(weights).reduce((sum, w) => sum + w, 0);
  if (total === 0) throw domainError("snipsLoss: weights must not all be 0");
  let sum = 0;
  for (let k = 0; k < errors.length; k++) sum += (weights[k]! / total) * errors[k]!;
  return sum;
}

/**
 * The doubly robust estimate mean(imputed over all cells) + sum w (e - imputed at it) / cells: right
 * if either the weights or the imputed errors are.
 */
export function drLoss(
  errors: ArrayLike<number>,
  weights: ArrayLike<number>,
  imputed: ArrayLike<number>,
  imputedMean: number,
  cells: number,
): number {
  checkVector("drLoss", "imputed", imputed, errors.length);
  checkVector("drLoss", "imputedMean", [imputedMean], 1);
  const rest = Array.from(errors, (e, k) => e - imputed[k]!);
  return imputedMean + ipsLoss(rest, weights, cells);
}

/** (sum w)^2 / sum w^2: how many equally weighted ratings the weighted ones are worth. */
export function effectiveSampleSize(weights: ArrayLike<number>): number {
  checkVector("effectiveSampleSize", "weights", weights, weights.length, 0);
  let [sum, squares] = [0, 0];
  for (let k = 0; k < weights.length; k++) {
    sum += weights[k]!;
    squares += weights[k]! ** 2;
  }
  if (sum === 0) throw domainError("effectiveSampleSize: weights must not all be 0");
  return sum ** 2 / squares;
}

function checkErrors(fn: string, errors: ArrayLike<number>): void {
  checkVector(fn, "errors", errors, errors?.length);
  if (errors.length === 0) throw domainError(`${fn}: errors must not be empty`);
}
