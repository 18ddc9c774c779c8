import { checkObject, checkType, domainError } from "@daily-kernel/compute";
import type { TrueMeasure } from "../measures/true-measure.ts";
import { type Bounds, type EvaluateOptions, Integrand } from "./integrand.ts";

/** g at n rows of `dimension` numbers: n x outputs, at once or in time. */
export type BatchFunction = (
  x: Float64Array,
  n: number,
  options: EvaluateOptions,
) => Float64Array | Promise<Float64Array>;

export interface CustomFunOptions {
  /** Functions that g gives at a point; 1 by default. */
  outputs?: number;
  /** How bounds of the integrals become bounds of the solutions; the identity by default. */
  combine?: (bounds: Bounds) => Bounds;
  /** Solutions that `combine` makes; `outputs` by default. */
  combinedOutputs?: number;
  /** Which integrals the solutions marked 1 depend on; by default all of them on each. */
  dependency?: (needed: Uint8Array) => Uint8Array;
}

/** A function of one's own with respect to any true measure. */
export class CustomFun extends Integrand {
  readonly #g: BatchFunction;
  readonly #options: CustomFunOptions;

  constructor(measure: TrueMeasure, g: BatchFunction, options: CustomFunOptions = {}) {
    checkType(typeof g === "function", "CustomFun", "g", "a function", g);
    checkObject("CustomFun", "options", options);
    const { outputs = 1, combinedOutputs = outputs } = options;
    for (const [name, count] of Object.entries({ outputs, combinedOutputs })) {
      if (!(Number.isSafeInteger(count) && count >= 1)) {
        throw domainError(`CustomFun: ${name} must be a whole number >= 1, got ${count}`);
      }
    }
    if (combinedOutputs !== outputs && options.combine === undefined) {
      throw domainError(
        `CustomFun: ${combinedOutputs} solutions of ${outputs} integrals need a combine function`,
      );
    }
    super(measure, outputs, combinedOutputs);
    this.#g = g;
    this.#options = options;
  }

  protected override g(x: Float64Array, n: number, options: EvaluateOptions) {
    return this.#g(x, n, options);
  }

  override combine(bounds: Bounds): Bounds {
    return this.#options.combine?.(bounds) ?? super.combine(bounds);
  }

  override dependency(needed: Uint8Array): Uint8Array {
    return this.#options.dependency?.(needed) ?? super.dependency(needed);
  }
}
