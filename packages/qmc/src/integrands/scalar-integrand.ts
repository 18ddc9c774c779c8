import { Integrand } from "./integrand.ts";

/** An integrand with one output, given by its value at one row. */
export abstract class ScalarIntegrand extends Integrand {
  /** g at the row of `dimension` numbers that begins at `x[start]`. */
  protected abstract value(x: Float64Array, start: number): number;

  protected override g(x: Float64Array, n: number): Float64Array {
    const d = this.measure.dimension;
    return new Float64Array(n).map((_, i) => this.value(x, i * d));
  }
}
