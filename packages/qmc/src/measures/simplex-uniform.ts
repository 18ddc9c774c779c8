import { checkType, domainError, matrix } from "@daily-kernel/compute";
import { knownOptions } from "../check-options.ts";
import type { Sequence } from "../sequences/sequence.ts";
import { type OrderedSimplexMap, orderedSimplex } from "./ordered-simplex.ts";
import { box } from "./parameters.ts";
import { type Moments, TrueMeasure } from "./true-measure.ts";

export interface SimplexUniformOptions {
  /** How the cube is mapped to the ordered simplex; "root" by default. */
  method?: OrderedSimplexMap;
}

/** d! is finite up to here. */
const LARGEST = 170;

/**
 * The uniform distribution on the simplex w_1, ..., w_d >= 0 with sum <= 1: the differences of points
 * of the ordered simplex 0 <= x_1 <= ... <= x_d <= 1. With 1 - sum as a last coordinate they are
 * Dirichlet(1, ..., 1).
 */
export class SimplexUniform extends TrueMeasure {
  readonly range: Float64Array;
  readonly method: OrderedSimplexMap;

  constructor(sampler: Sequence | TrueMeasure, options: SimplexUniformOptions = {}) {
    super(sampler);
    const { method = "root" } = knownOptions("SimplexUniform", options, ["method"]);
    const names = Object.keys(orderedSimplex);
    checkType(names.includes(method), "SimplexUniform", "method", `one of ${names}`, method);
    const most = method === "mirror" ? 3 : LARGEST;
    if (this.dimension > most) {
      throw domainError(
        `SimplexUniform: the dimension must be at most ${most} (method ${method}), got ` +
          `${this.dimension}`,
      );
    }
    this.method = method;
    this.range = box(0, 1, this.dimension);
  }

  protected map(u: Float64Array, n: number, out: Float64Array): void {
    const d = this.dimension;
    out.set(u);
    for (let i = 0; i < n; i++) {
      const row = out.subarray(i * d, (i + 1) * d);
      orderedSimplex[this.method](row);
      for (let j = d - 1; j > 0; j--) row[j]! -= row[j - 1]!;
    }
  }

  protected density(x: Float64Array, n: number, out: Float64Array): void {
    const d = this.dimension;
    let factorial = 1;
    for (let k = 2; k <= d; k++) factorial *= k;
    for (let i = 0; i < n; i++) {
      const row = x.subarray(i * d, (i + 1) * d);
      const sum = row.reduce((total, w) => total + w, 0);
      const inside = row.every((w) => w >= -Number.EPSILON) && sum <= 1 + Number.EPSILON * d;
      out[i] = inside ? factorial : 0;
    }
  }

  protected override moments(): Moments {
    const d = this.dimension;
    const shared = 1 / ((d + 1) ** 2 * (d + 2));
    return {
      mean: new Float64Array(d).fill(1 / (d + 1)),
      variance: new Float64Array(d).fill(d * shared),
      covariance: () => {
        const result = matrix(d, d, new Float64Array(d * d).fill(-shared));
        for (let j = 0; j < d; j++) result.data[j * (d + 1)] = d * shared;
        return result;
      },
    };
  }

  protected over(sampler: Sequence | TrueMeasure): SimplexUniform {
    return new SimplexUniform(sampler, { method: this.method });
  }
}
