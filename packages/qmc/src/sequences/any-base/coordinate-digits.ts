import { type Coordinate, type DigitalPlan, plainDigits } from "./digital-plan.ts";
import { nestedScramble } from "./nested-scramble.ts";

/** The largest number below 1. */
const LARGEST = 1 - 2 ** -53;

/** All digits of one component at an index, permuted or scrambled. */
function partDigits(plan: DigitalPlan, index: number, out: Uint32Array): void {
  plainDigits(plan, index, out);
  const { base, permutations, tree } = plan;
  if (permutations !== undefined) {
    for (let t = 0; t < plan.digits; t++) out[t] = permutations[t * base + out[t]!]!;
  }
  if (tree !== undefined) nestedScramble(out, base, tree);
}

/** The digits of a coordinate at an index, the first after the point first. */
export function coordinateDigits(
  { parts, digits }: Coordinate,
  index: number,
  out: Uint32Array,
): void {
  if (parts.length === 1) {
    partDigits(parts[0]!, index, out);
    return;
  }
  parts.forEach((plan, a) => {
    const own = new Uint32Array(plan.digits);
    partDigits(plan, index, own);
    for (let t = a, k = 0; t < digits; t += parts.length) out[t] = own[k++]!;
  });
}

/** base^-1, base^-2, ... by repeated division, which is what fixes their last bits. */
export function digitUnits(base: number, count: number): Float64Array {
  const units = new Float64Array(count);
  for (let t = 0, unit = 1 / base; t < count; t++, unit /= base) units[t] = unit;
  return units;
}

/** sum_t digit_t base^-(t+1), added from the first digit on, and never 1. */
function digitsToNumber(digits: Uint32Array, units: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < digits.length; t++) sum += units[t]! * digits[t]!;
  return Math.min(sum, LARGEST);
}

/** The same by Horner's rule from the last digit. */
function hornerNumber(digits: Uint32Array, base: number): number {
  let sum = 0;
  for (let t = digits.length - 1; t >= 0; t--) sum = (sum + digits[t]!) / base;
  return Math.min(sum, LARGEST);
}

/** n coordinates from index nMin on, `stride` apart in `out`: what the kernels do, one by one. */
export function coordinateReference(
  coordinate: Coordinate,
  nMin: number,
  n: number,
  out: Float64Array,
  stride: number,
): void {
  const digits = new Uint32Array(coordinate.digits);
  const units = digitUnits(coordinate.base, coordinate.digits);
  for (let i = 0; i < n; i++) {
    coordinateDigits(coordinate, nMin + i, digits);
    out[i * stride] = coordinate.horner
      ? hornerNumber(digits, coordinate.base)
      : digitsToNumber(digits, units);
  }
}
