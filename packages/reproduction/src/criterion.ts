import { require } from "./bad-input.ts";
import { checkMeasurement, type Measurement } from "./measurement.ts";

/** A bound on a measured number: data, so that it can be shown, recorded and checked. */
export interface Criterion {
  /** Smallest value at which the claim holds. */
  readonly min?: number;
  /** Largest value at which the claim holds. */
  readonly max?: number;
  /** Below this sample size the scale cannot decide. */
  readonly minN?: number;
}

/** Holds if the measured value is at most `max`. */
export const atMost = (max: number, minN?: number): Criterion => bounded({ max }, minN);
/** Holds if the measured value is at least `min`. */
export const atLeast = (min: number, minN?: number): Criterion => bounded({ min }, minN);
/** Holds if the measured value lies in the closed interval from `min` to `max`. */
export const between = (min: number, max: number, minN?: number): Criterion =>
  bounded({ min, max }, minN);

function bounded(bounds: Criterion, minN: number | undefined): Criterion {
  const criterion = minN === undefined ? bounds : { ...bounds, minN };
  checkCriterion("criterion", criterion);
  return criterion;
}

function checkCriterion(name: string, criterion: Criterion): void {
  require(typeof criterion === "object" &&
    criterion !== null, `${name}: a criterion must be an object, got ${criterion}`);
  const { min, max, minN } = criterion;
  for (const [bound, value] of Object.entries({ min, max }))
    require(value === undefined ||
      Number.isFinite(value), `${name}: ${bound} must be a finite number, got ${value}`);
  require((min ?? -Infinity) <=
    (max ?? Infinity), `${name}: min must be at most max, got ${min} and ${max}`);
  require(minN === undefined ||
    (Number.isSafeInteger(minN) &&
      minN > 0), `${name}: minN must be a positive integer, got ${minN}`);
}

/**
 * The verdict that a measurement earns: `holds` if its whole interval (or its value, where there is
 * none) satisfies the criterion, `fails` if none of it does, `inconclusive` if the interval
 * straddles a bound or the sample is smaller than `minN`. Throws a `TypeError` for a criterion or a
 * measurement that is none.
 */
export function decide(
  criterion: Criterion,
  measured: Measurement,
): "holds" | "fails" | "inconclusive" {
  checkCriterion("decide", criterion);
  checkMeasurement("decide", measured);
  const { min = -Infinity, max = Infinity, minN = 0 } = criterion;
  if (measured.n < minN) return "inconclusive";
  const [low, high] = measured.interval ?? [measured.value, measured.value];
  if (low >= min && high <= max) return "holds";
  if (high < min || low > max) return "fails";
  return "inconclusive";
}

const bound = (value: number): string =>
  value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5)
    ? value.toExponential()
    : String(value);

/** The criterion as a reader sees it: `≤ 5e-14`, `≥ 0.66`, `0.9 to 1.1`. */
export function describeCriterion({ min, max, minN }: Criterion): string {
  const range =
    min === undefined
      ? `≤ ${bound(max ?? Infinity)}`
      : max === undefined
        ? `≥ ${bound(min)}`
        : min === max
          ? `= ${bound(min)}`
          : `${bound(min)} to ${bound(max)}`;
  return minN === undefined ? range : `${range} (n ≥ ${minN})`;
}
