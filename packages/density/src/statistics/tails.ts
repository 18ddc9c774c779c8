import { checkObject, checkType, numericError } from "@daily-kernel/compute";
import { normalCdf } from "@daily-kernel/special";
import { checkCount, checkedNumbers } from "../check.ts";

/**
 * Hill's estimator of the tail index of positive numbers from the `top` largest: 1 over the mean of
 * log(value / threshold), the threshold being the next largest. Given logarithms (of values that may
 * overflow). Standard error about index / sqrt(top). O(n log n).
 *
 * @throws RangeError `ERR_DOMAIN` unless 1 <= top < n; Error `ERR_NUMERIC` where the largest are equal.
 */
export function hillEstimator(logValues: ArrayLike<number>, top: number): number {
  const sorted = checkedNumbers("hillEstimator", "logValues", logValues, 2).sort().reverse();
  checkCount("hillEstimator", "top", top, 1, sorted.length - 1);
  const threshold = sorted[top]!;
  let sum = 0;
  for (let k = 0; k < top; k++) sum += sorted[k]! - threshold;
  if (sum <= 0) throw numericError("hillEstimator: the largest values are all equal");
  return top / sum;
}

/**
 * Kolmogorov's distance between the values, less their mean and over their standard deviation, and
 * the standard normal law: in [0, 1]. Given `logValues: true` the values are the exponentials of
 * these numbers, which may be beyond the range of doubles. O(n log n).
 *
 * @throws RangeError `ERR_SHAPE` for fewer than 2 values; Error `ERR_NUMERIC` if all are equal.
 */
export function ksNormal(values: ArrayLike<number>, options: { logValues?: boolean } = {}): number {
  checkObject("ksNormal", "options", options);
  const { logValues = false } = options;
  checkType(typeof logValues === "boolean", "ksNormal", "logValues", "a boolean", logValues);
  const numbers = checkedNumbers("ksNormal", "values", values, 2).sort();
  const n = numbers.length;
  const largest = numbers[n - 1]!;
  const scaled = logValues ? numbers.map((value) => Math.exp(value - largest)) : numbers;
  const mean = scaled.reduce((sum, value) => sum + value, 0) / n;
  const variance = scaled.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  if (!(variance > 0)) throw numericError("ksNormal: the values are all equal");
  const deviation = Math.sqrt(variance);
  let distance = 0;
  for (let i = 0; i < n; i++) {
    const p = normalCdf((scaled[i]! - mean) / deviation);
    distance = Math.max(distance, p - i / n, (i + 1) / n - p);
  }
  return distance;
}
