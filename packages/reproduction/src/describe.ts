import type { Reported } from "./paper.ts";
import type { ClaimOutcome } from "./record.ts";
import { reasons } from "./verdict.ts";

/** A number as people read it: four significant digits, powers of ten where they help. */
export function formatNumber(value: number): string {
  if (value === 0) return "0";
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value);
  const size = Math.abs(value);
  return size < 1e-3 || size >= 1e6
    ? value.toExponential(2).replace("e+", "e")
    : String(Number(value.toPrecision(4)));
}

const withUnit = (text: string, unit: string | undefined) => (unit ? `${text} ${unit}` : text);

/** What the paper reported, with its setting: `35 times (median, CPU)`. */
export function describeReported(reported: Reported | null): string {
  if (!reported) return "our control";
  const { value, unit, setting } = reported;
  return `${withUnit(typeof value === "number" ? formatNumber(value) : value, unit)} (${setting})`;
}

/** What was measured, with interval, sample size and controls, or why nothing was. */
export function describeMeasurement({
  measured,
  reason,
}: Pick<ClaimOutcome, "measured" | "reason">): string {
  if (!measured) return reason ? `${reasons[reason.code]}: ${reason.detail}` : "";
  const { value, unit, interval, n, controls = [] } = measured;
  const range = interval ? ` [${interval.map(formatNumber).join(" to ")}]` : "";
  const beside = controls.map((c) => `${c.label}: ${formatNumber(c.value)}`).join("; ");
  return `${withUnit(formatNumber(value), unit)}${range}, n = ${n}${beside && ` (${beside})`}`;
}
