import { checkType, domainError, shapeError } from "@daily-kernel/compute";
import type { Bounds } from "../integrands/integrand.ts";

/** How exact a solution must be. */
export interface ToleranceOptions {
  /** Absolute tolerance, one for all solutions or one each. */
  absTol?: number | readonly number[];
  /** Relative tolerance, one for all solutions or one each. */
  relTol?: number | readonly number[];
  /** Whether either tolerance is enough (the larger counts; the default) or both must be met. */
  errorFun?: "either" | "both";
}

/** Where the solutions stand between their bounds. */
export interface Decision {
  solution: Float64Array;
  /** 1 for a solution that meets its tolerance. */
  met: Uint8Array;
}

/**
 * Combined absolute and relative tolerances of several solutions. With e(s) the error allowed at s,
 * the bounds [l, u] suffice if u - l <= e(l) + e(u), and then s = (l + u + e(l) - e(u)) / 2 meets the
 * tolerance whatever the truth between them is (Hickernell, Jimenez Rugama and Li 2018).
 */
export class Tolerance {
  readonly absTol: Float64Array;
  readonly relTol: Float64Array;
  readonly #both: boolean;

  /** @throws for a tolerance that is negative, NaN or not one a solution. */
  constructor(where: string, options: ToleranceOptions, solutions: number, absDefault: number) {
    const { absTol = absDefault, relTol = 0, errorFun = "either" } = options;
    this.absTol = each(where, "absTol", absTol, solutions);
    this.relTol = each(where, "relTol", relTol, solutions);
    if (errorFun !== "either" && errorFun !== "both") {
      throw domainError(`${where}: errorFun must be "either" or "both", got ${errorFun}`);
    }
    this.#both = errorFun === "both";
  }

  /** The error allowed if solution k is s. */
  allowed(k: number, s: number): number {
    const relative = Math.abs(s) * this.relTol[k]!;
    const pick = this.#both ? Math.min : Math.max;
    return pick(this.absTol[k]!, relative);
  }

  decide({ lower, upper }: Bounds): Decision {
    const solution = new Float64Array(lower.length);
    const met = new Uint8Array(lower.length);
    for (let k = 0; k < lower.length; k++) {
      const [l, u] = [lower[k]!, upper[k]!];
      if (!(Number.isFinite(l) && Number.isFinite(u))) {
        solution[k] = Number.isFinite(l) ? l : Number.isFinite(u) ? u : 0;
        continue;
      }
      const [atLower, atUpper] = [this.allowed(k, l), this.allowed(k, u)];
      solution[k] = (l + u + atLower - atUpper) / 2;
      met[k] = u - l <= atLower + atUpper ? 1 : 0;
    }
    return { solution, met };
  }
}

function each(
  where: string,
  name: string,
  value: number | readonly number[],
  solutions: number,
): Float64Array {
  const many = Array.isArray(value);
  checkType(many || typeof value === "number", where, name, "a number or an array of them", value);
  const all = many
    ? Float64Array.from(value as readonly number[])
    : new Float64Array(solutions).fill(value as number);
  if (all.length !== solutions) {
    throw shapeError(`${where}: ${name} must hold ${solutions} numbers, got ${all.length}`);
  }
  const bad = all.findIndex((tol) => !(tol >= 0 && tol < Number.POSITIVE_INFINITY));
  if (bad >= 0) {
    throw domainError(`${where}: ${name} must be finite and >= 0, got ${all[bad]} at ${bad}`);
  }
  return all;
}
