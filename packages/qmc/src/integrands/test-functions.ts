import { domainError } from "@daily-kernel/compute";
import { checkNumber, isPositive, knownOptions } from "../check-options.ts";
import type { Sampler } from "../measures/true-measure.ts";
import { Uniform } from "../measures/uniform.ts";
import { ScalarIntegrand } from "./scalar-integrand.ts";

/** The sum of the coordinates, uniform on [-1/2, 1/2]^d; its integral is 0. */
export class Linear0 extends ScalarIntegrand {
  constructor(sampler: Sampler) {
    super(new Uniform(sampler, { lower: -0.5, upper: 0.5 }));
  }

  protected override value(x: Float64Array, start: number): number {
    let sum = 0;
    for (let j = start; j < start + this.measure.dimension; j++) sum += x[j]!;
    return sum;
  }
}

/** sin(x) for x uniform on [0, 2 pi k]; its integral is 0 for whole k. */
export class Sin1d extends ScalarIntegrand {
  constructor(sampler: Sampler, options: { k?: number } = {}) {
    checkDimension("Sin1d", sampler, 1);
    const { k = 1 } = knownOptions("Sin1d", options, ["k"]);
    checkNumber("Sin1d", "k", k, "positive and finite", isPositive);
    super(new Uniform(sampler, { lower: 0, upper: 2 * Math.PI * k }));
  }

  protected override value(x: Float64Array, start: number): number {
    return Math.sin(x[start]!);
  }
}

/** (x^2 + 4)(y - 1) / 20 - sin(5x / 2) - 2 on [-4, 7] x [-3, 8] (Bichon et al. 2008). */
export class Multimodal2d extends ScalarIntegrand {
  constructor(sampler: Sampler) {
    checkDimension("Multimodal2d", sampler, 2);
    super(new Uniform(sampler, { lower: [-4, -3], upper: [7, 8] }));
  }

  protected override value(x: Float64Array, start: number): number {
    const [a, b] = [x[start]!, x[start + 1]!];
    return ((a * a + 4) * (b - 1)) / 20 - Math.sin(2.5 * a) - 2;
  }
}

/** The four-branch function of structural reliability on [-8, 8]^2 (Waarts 2000). */
export class FourBranch2d extends ScalarIntegrand {
  constructor(sampler: Sampler) {
    checkDimension("FourBranch2d", sampler, 2);
    super(new Uniform(sampler, { lower: -8, upper: 8 }));
  }

  protected override value(x: Float64Array, start: number): number {
    const [a, b] = [x[start]!, x[start + 1]!];
    const bowl = 3 + 0.1 * (a - b) ** 2;
    const [sum, corner] = [(a + b) / Math.SQRT2, 7 / Math.SQRT2];
    return Math.min(bowl - sum, bowl + sum, a - b + corner, b - a + corner);
  }
}

const HARTMANN_ALPHA = [1, 1.2, 3, 3.2];
const HARTMANN_A = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
];
const HARTMANN_P = [
  [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
  [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
  [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
  [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
];

/** Hartmann's function on the unit cube of dimension 6, minimum -3.32237. */
export class Hartmann6d extends ScalarIntegrand {
  constructor(sampler: Sampler) {
    checkDimension("Hartmann6d", sampler, 6);
    super(new Uniform(sampler));
  }

  protected override value(x: Float64Array, start: number): number {
    let total = 0;
    for (let i = 0; i < 4; i++) {
      let exponent = 0;
      for (let j = 0; j < 6; j++) {
        exponent += HARTMANN_A[i]![j]! * (x[start + j]! - HARTMANN_P[i]![j]!) ** 2;
      }
      total -= HARTMANN_ALPHA[i]! * Math.exp(-exponent);
    }
    return total;
  }
}

/** Throws `ERR_DOMAIN` unless the sampler has the one dimension that the function has. */
export function checkDimension(where: string, sampler: Sampler, dimension: number): void {
  if (sampler.dimension !== dimension) {
    throw domainError(
      `${where}: sampler must have dimension ${dimension}, got ${sampler.dimension}`,
    );
  }
}
