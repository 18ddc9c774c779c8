import { require } from "./bad-input.ts";

/**
 * What the same seed promises: the same bits anywhere (`exact`), the same number within `tolerance`
 * times max(1, |value|) (`rounding`), or nothing because a clock is involved (`timing`).
 */
export type Reproducibility =
  | { readonly kind: "exact" }
  | { readonly kind: "rounding"; readonly tolerance: number }
  | { readonly kind: "timing" };

/** A baseline beside the measured value: the naive method, the identity, the peer. */
export interface Control {
  readonly label: string;
  readonly value: number;
  /** Where the number came from if not from this run, e.g. the command that made it. */
  readonly source?: string;
}

/** A number that a run measured for a claim. */
export type Measurement = Reproducibility & {
  readonly value: number;
  /** Sample size: points, repetitions, images. */
  readonly n: number;
  readonly unit?: string;
  /** Confidence interval or spread; the criterion must hold on all of it. */
  readonly interval?: readonly [number, number];
  readonly controls?: readonly Control[];
  /** What a reader needs to understand the number. */
  readonly note?: string;
};

/** Whether two measurements with the same seed and preset differ by no more than they promise. */
export function agree(a: Measurement, b: Measurement): boolean {
  if (a.kind !== b.kind || a.n !== b.n) return false;
  if (a.kind === "timing") return true;
  const tolerance =
    a.kind === "rounding" ? a.tolerance * Math.max(1, Math.abs(a.value), Math.abs(b.value)) : 0;
  return Math.abs(a.value - b.value) <= tolerance;
}

/** Throws a `TypeError` that names the field, so that no nonsense ever reaches a verdict. */
export function checkMeasurement(name: string, measured: Measurement): void {
  require(typeof measured === "object" &&
    measured !== null, `${name}: a measurement must be an object, got ${measured}`);
  const { kind, value, n, interval, controls = [] } = measured;
  require(kind === "exact" ||
    kind === "rounding" ||
    kind === "timing", `${name}: kind must be exact, rounding or timing, got ${kind}`);
  if (kind === "rounding")
    require(Number.isFinite(measured.tolerance) &&
      measured.tolerance >=
        0, `${name}: tolerance must be a finite number >= 0, got ${measured.tolerance}`);
  require(Number.isFinite(value), `${name}: value must be a finite number, got ${value}`);
  require(Number.isSafeInteger(n) && n > 0, `${name}: n must be a positive integer, got ${n}`);
  if (interval) {
    require(Array.isArray(interval) &&
      interval.length === 2 &&
      interval.every(
        Number.isFinite,
      ), `${name}: interval must be two finite numbers, got ${interval}`);
    const [low, high] = interval;
    require(low <= value &&
      value <= high, `${name}: interval must hold the value ${value}, got ${low} to ${high}`);
  }
  require(Array.isArray(controls), `${name}: controls must be an array, got ${controls}`);
  for (const control of controls)
    require(Number.isFinite(
      control.value,
    ), `${name}: control "${control.label}" must be a finite number, got ${control.value}`);
}
