import type { TrueMeasure } from "../measures/true-measure.ts";

/** What the integrand is asked for besides the points. */
export interface EvaluateOptions {
  /** Which outputs are still needed (1) or not (0); the others may be left 0. */
  active?: Uint8Array;
  signal?: AbortSignal;
}

/** A function g of a point of a true measure, with one or more outputs, to be integrated. */
export abstract class Integrand {
  readonly measure: TrueMeasure;
  /** Number of functions that are integrated. */
  readonly outputs: number;

  protected constructor(measure: TrueMeasure, outputs = 1) {
    this.measure = measure;
    this.outputs = outputs;
  }

  /** g at n rows x of the true measure: n x outputs, row-major. */
  abstract g(
    x: Float64Array,
    n: number,
    options?: EvaluateOptions,
  ): Float64Array | Promise<Float64Array>;
}
