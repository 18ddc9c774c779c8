import { checkType, numericError, shapeError } from "@daily-kernel/compute";
import type { Bounds, Integrand } from "../integrands/integrand.ts";

/**
 * The bounds that an integrand combines.
 *
 * @throws TypeError `ERR_TYPE`, RangeError `ERR_SHAPE` or Error `ERR_NUMERIC` for what is not one lower and
 *   one upper bound a solution.
 */
export function combined(integrand: Integrand, individual: Bounds): Bounds {
  const bounds = integrand.combine(individual);
  const where = `${integrand.constructor.name}.combine`;
  const count = integrand.combinedOutputs;
  for (const name of ["lower", "upper"] as const) {
    const side = bounds?.[name];
    checkType(side instanceof Float64Array, where, name, "a Float64Array", side);
    if (side.length !== count) {
      throw shapeError(`${where}: ${name} must hold ${count} numbers, got ${side.length}`);
    }
    const bad = side.findIndex(Number.isNaN);
    if (bad >= 0) throw numericError(`${where}: ${name} is NaN at ${bad}`);
  }
  return bounds;
}

/**
 * Where the bounds are infinite, puts into `solution` what the midpoints of the integrals' bounds
 * combine to: the plug-in estimate, which has no bounds of its own.
 */
export function pluggedIn(
  integrand: Integrand,
  individual: Bounds,
  bounds: Bounds,
  solution: Float64Array,
): void {
  const known = (k: number) => Number.isFinite(bounds.lower[k]) && Number.isFinite(bounds.upper[k]);
  if (solution.every((_, k) => known(k))) return;
  const middle = individual.lower.map((l, k) => (l + individual.upper[k]!) / 2);
  const { lower } = integrand.combine({ lower: middle, upper: middle.slice() });
  for (let k = 0; k < solution.length; k++) if (!known(k)) solution[k] = lower[k]!;
}
