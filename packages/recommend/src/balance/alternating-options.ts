import { checkType, domainError } from "@daily-kernel/compute";
import type { Kernel } from "@daily-kernel/kernels";
import { checkReal, checkVector, checkWhole } from "../check.ts";
import type { TrainingOptions } from "../model/training-options.ts";
import type { SideFeatures } from "./cell-features.ts";
import type { Selection } from "./select-functions.ts";

export interface AlternatingOptions extends TrainingOptions {
  /**
   * "paper": the equations. "reference-code": what the authors' released code computes instead,
   * see `fitAlternating`. Default "paper".
   */
  mode?: "paper" | "reference-code" | undefined;
  /** Inverse propensity ("ips") or doubly robust ("dr"). Default "ips". */
  estimator?: "ips" | "dr" | undefined;
  /** How the functions to balance are chosen. Default "random". */
  selection?: Selection | undefined;
  /** J: how many are balanced in a step. Default 3. */
  functions?: number | undefined;
  /** Cells drawn as centres to choose from, in mode "paper". Default 64. */
  candidates?: number | undefined;
  /** 1 / propensity: n numbers > 0. Default all 1. */
  base?: ArrayLike<number> | undefined;
  /** C: how far a weighted mean may stay from its target. Default 0.01. */
  slack?: number | undefined;
  /** gamma: the price of an imbalance beyond the slack; 0 leaves the entropy alone. Default 1. */
  penalty?: number | undefined;
  /** Adam's step size for the weights. Default 0.005. */
  weightRate?: number | undefined;
  /** Decay of the weights' parameters. Default 0.005. */
  weightDecay?: number | undefined;
  /** Adam's step size for the coefficients by which the released code chooses. Default 0.03. */
  coefficientRate?: number | undefined;
  /** Their decay. Default 0.001. */
  coefficientDecay?: number | undefined;
  /** Features of users and items; by default the factors of a plain factorisation fitted first. */
  features?: SideFeatures | undefined;
  /**
   * Of cell features in 0..1, Gaussian with lengthscale 0.5 sqrt(their number) by default; in mode
   * "reference-code" of shifted features over their number, exp(-0.1 |x - z|^2) by default.
   */
  kernel?: Kernel | undefined;
  /** Cells drawn from all for each rating of a step. Default 5. */
  cellsPerRating?: number | undefined;
}

/** The options beyond those of a training, with defaults, checked. */
export function alternatingSettings(fn: string, options: AlternatingOptions, n: number) {
  const settings = {
    mode: options.mode ?? "paper",
    estimator: options.estimator ?? "ips",
    selection: options.selection ?? "random",
    functions: options.functions ?? 3,
    candidates: options.candidates ?? Math.max(64, options.functions ?? 3),
    slack: options.slack ?? 0.01,
    penalty: options.penalty ?? 1,
    weightRate: options.weightRate ?? 0.005,
    weightDecay: options.weightDecay ?? 0.005,
    coefficientRate: options.coefficientRate ?? 0.03,
    coefficientDecay: options.coefficientDecay ?? 0.001,
    cellsPerRating: options.cellsPerRating ?? 5,
  } as const;
  oneOf(fn, "mode", settings.mode, ["paper", "reference-code"]);
  oneOf(fn, "estimator", settings.estimator, ["ips", "dr"]);
  oneOf(fn, "selection", settings.selection, ["random", "worst", "adaptive"]);
  checkWhole(fn, "options.functions", settings.functions, 1);
  checkWhole(fn, "options.candidates", settings.candidates, settings.functions);
  checkWhole(fn, "options.cellsPerRating", settings.cellsPerRating, 1);
  for (const name of ["weightRate", "coefficientRate"] as const) {
    checkReal(fn, `options.${name}`, settings[name], 0, true);
  }
  for (const name of ["slack", "penalty", "weightDecay", "coefficientDecay"] as const) {
    checkReal(fn, `options.${name}`, settings[name], 0);
  }
  if (settings.mode === "reference-code") {
    const slots = Math.min(options.batch ?? 128, n) * settings.cellsPerRating;
    if (settings.functions > slots) {
      throw domainError(`${fn}: options.functions must be at most ${slots}, the cells of a step`);
    }
  }
  if (options.base === undefined) return { ...settings, base: new Float64Array(n).fill(1) };
  checkVector(fn, "options.base", options.base, n, 0);
  const base = Float64Array.from(options.base);
  const zero = base.indexOf(0);
  if (zero >= 0) throw domainError(`${fn}: options.base[${zero}] must be > 0, got 0`);
  return { ...settings, base };
}

export type AlternatingSettings = ReturnType<typeof alternatingSettings>;

function oneOf(fn: string, name: string, value: unknown, allowed: readonly string[]): void {
  checkType(typeof value === "string", fn, `options.${name}`, "a string", value);
  if (!allowed.includes(value as string)) {
    throw domainError(`${fn}: options.${name} must be ${allowed.join(" or ")}, got ${value}`);
  }
}
