import { checkType, domainError, shapeError } from "@daily-kernel/compute";
import { checkNumber, knownOptions } from "../check-options.ts";
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
    knownOptions("CustomFun", options, ["outputs", "combine", "combinedOutputs", "dependency"]);
    const { outputs = 1, combinedOutputs = outputs, combine, dependency } = options;
    for (const [name, count] of Object.entries({ outputs, combinedOutputs })) {
      const whole = (value: number) => Number.isSafeInteger(value) && value >= 1;
      checkNumber("CustomFun", name, count, "a whole number >= 1", whole);
    }
    for (const [name, value] of Object.entries({ combine, dependency })) {
      const ok = value === undefined || typeof value === "function";
      checkType(ok, "CustomFun", name, "a function", value);
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
    const { combine } = this.#options;
    return combine ? combine(bounds) : super.combine(bounds);
  }

  override dependency(needed: Uint8Array): Uint8Array {
    const { dependency } = this.#options;
    if (!dependency) return super.dependency(needed);
    const parts = dependency(needed);
    checkType(
      parts instanceof Uint8Array,
      "CustomFun.dependency",
      "its result",
      "a Uint8Array",
      parts,
    );
    if (parts.length !== this.outputs) {
      throw shapeError(
        `CustomFun.dependency: its result must hold ${this.outputs} flags, got ${parts.length}`,
      );
    }
    return parts;
  }
}
